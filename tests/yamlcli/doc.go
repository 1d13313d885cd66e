// Package yamlcli runs programs in YAML with the real Pulumi CLI, attached to a simulated Azure and to our components. Behind the build
// tag cli, as the tests that use it.
package yamlcli
