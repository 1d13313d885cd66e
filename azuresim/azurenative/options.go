package azurenative

import (
	"context"
	"strings"
)

// Option changes how a provider judges what the cloud does not.
type Option func(*provider)

// WarnOfUnknownProperties makes a warning of a property that the type does not have, and drops it, as the real provider does. It is
// an error otherwise.
func WarnOfUnknownProperties() Option {
	return func(p *provider) { p.warnOfUnknown = true }
}

// WithClientToken answers getClientToken, the function by which a program gets a token of whoever deploys for Azure Resource Manager:
// that of an azuresim/arm server, for example. Without it the function is not served.
func WithClientToken(token func(context.Context) (string, error)) Option {
	return func(p *provider) { p.token = token }
}

// WithPath says at which ARM path resources of a type lie that the simulator does not describe, with the inputs in braces:
//
//	WithPath("azure-native:sql:FailoverGroup", "Microsoft.Sql/servers/{serverName}/failoverGroups/{failoverGroupName}")
//
// A path that does not begin with a slash is one in a resource group. The version in the token, if any, does not count.
func WithPath(token, path string) Option {
	if !strings.HasPrefix(path, "/") {
		path = inGroup + path
	}
	return func(p *provider) { p.paths[kindOf(token)] = path }
}

// WithVersion reports another version of the plugin to the engine. What is served stays that of 2.92.3; see OnlyDefaultVersions for
// what a later plugin may lack.
func WithVersion(version string) Option {
	return func(p *provider) { p.version = version }
}

// OnlyDefaultVersions refuses types and functions with an API version in their token, in the words of the real provider, which looks a
// token up among those that it was built with; a type without one is the newest version of it that schema.json describes. The SDKs of
// version 3 name no token with a version. Whether a plugin of version 3 serves those all the same is not verified:
// docs/azure-native-v3.md.
func OnlyDefaultVersions() Option {
	return func(p *provider) { p.onlyDefaults = true }
}
