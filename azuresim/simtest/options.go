package simtest

import (
	"maps"

	"github.com/pulumi/pulumi/pkg/v3/resource/autonaming"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/azurenative"
)

// Option configures a Stack.
type Option func(*Stack)

// WithCloud deploys into an existing cloud instead of an empty one.
func WithCloud(cloud *azuresim.Cloud) Option {
	return func(s *Stack) { s.cloud = cloud }
}

// WithConfig sets configuration values, for example "azure-native:location": "westeurope" or
// "pulumi:disable-default-providers": `["azure-native"]`. A key without a colon belongs to the project.
func WithConfig(values map[string]string) Option {
	return func(s *Stack) { maps.Copy(s.config, values) }
}

// WithSecretConfig sets configuration values that are secret.
func WithSecretConfig(values map[string]string) Option {
	return func(s *Stack) { maps.Copy(s.secretConfig, values) }
}

// WithNames sets the names of project and stack, which are "simtest" and "test" otherwise.
func WithNames(project, stack string) Option {
	return func(s *Stack) { s.project, s.stack = project, stack }
}

// WithProvider serves a further provider in the same engine, for example a component package:
//
//	simtest.WithProvider("aksidentity", "0.1.0", func() (pulumirpc.ResourceProviderServer, error) {
//		return p.RawServer("aksidentity", "0.1.0", provider)(nil)
//	})
//
// It is called once for every provider instance of every operation. The version must be the one that the program asks
// for, or anything when the program asks for none. One that is called azure-native and has the version [azurenative.Version] stands in
// for the simulator's.
func WithProvider(name, version string, load func() (pulumirpc.ResourceProviderServer, error)) Option {
	return func(s *Stack) {
		s.providers = append(s.providers, served{name: name, version: version, server: load})
	}
}

// WithPluginProvider is WithProvider for a provider that implements the engine's Go interface.
func WithPluginProvider(name, version string, load func() (plugin.Provider, error)) Option {
	return func(s *Stack) {
		s.providers = append(s.providers, served{name: name, version: version, direct: load})
	}
}

// WithAzureNative changes how the provider azure-native judges:
//
//	simtest.WithAzureNative(azurenative.WarnOfUnknownProperties(), azurenative.WithPath("azure-native:sql:FailoverGroup", "..."))
func WithAzureNative(opts ...azurenative.Option) Option {
	return func(s *Stack) { s.azureNative = append(s.azureNative, opts...) }
}

// WithAzureNativePlugin lets another provider azure-native answer instead of the simulator's, for example the real one against
// azuresim/arm. start is called for every provider instance of every operation, with the address of the engine, which a plugin
// gets as its argument; what it returns is closed with the operation. Give WithCloud the cloud that the provider ends up in.
func WithAzureNativePlugin(start func(engine string) (plugin.Provider, error)) Option {
	return func(s *Stack) { s.azureNativePlugin = start }
}

// WithAutonaming sets the project's autonaming configuration.
func WithAutonaming(autonamer autonaming.Autonamer) Option {
	return func(s *Stack) { s.autonamer = autonamer }
}

// WithParallel sets how many resource operations run at once; 16 otherwise. Use 1 to make an order visible that is
// only accidental.
func WithParallel(n int) Option {
	return func(s *Stack) { s.parallel = int32(min(max(n, 1), 1<<15)) }
}

// WithCheck makes Run call check after the first deployment, while everything exists.
func WithCheck(check func(s *Stack, up Result)) Option {
	return func(s *Stack) { s.checks = append(s.checks, check) }
}

// AllowRaces lets operations succeed that worked by luck. Result.Races lists them as always.
func AllowRaces() Option {
	return func(s *Stack) { s.allowRaces = true }
}

// OpOption configures one operation.
type OpOption func(*operation)

// Target limits the operation to the resources with these URNs (* is a wildcard).
func Target(urns ...string) OpOption {
	return func(o *operation) { o.targets = append(o.targets, urns...) }
}

// TargetDependents extends Target to whatever depends on the targets.
func TargetDependents() OpOption {
	return func(o *operation) { o.targetDependents = true }
}

// Replace replaces the resources with these URNs (* is a wildcard), as --replace does. Unlike --target-replace it
// does not limit the operation to them; add Target for that.
func Replace(urns ...string) OpOption {
	return func(o *operation) { o.replace = append(o.replace, urns...) }
}

// WithRefresh refreshes before the operation, as --refresh does.
func WithRefresh() OpOption {
	return func(o *operation) { o.refresh = true }
}

// ContinueOnError goes on with what does not depend on a failed resource.
func ContinueOnError() OpOption {
	return func(o *operation) { o.continueOnError = true }
}
