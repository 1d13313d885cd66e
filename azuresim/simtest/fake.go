package simtest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Fake is a provider that makes nothing, for what a program uses beside Azure. The zero Fake is an echo: it takes every resource,
// in every version of the package, and answers with its inputs as outputs.
//
//	simtest.WithFake("datadog", simtest.Fake{})
//
// Random, TLS and Kubernetes are fakes that answer sensibly. A fake judges little and remembers nothing: a refresh finds what the
// state has, nothing can be imported, and remote components are refused.
type Fake struct {
	// Configure looks at the configuration of the provider; nil takes any.
	Configure func(config resource.PropertyMap) error
	// Check completes the inputs, with a name for instance; nil takes them as they are. Values may be unknown in a preview.
	Check func(r FakeResource) (resource.PropertyMap, error)
	// Outputs answers a create or an update with what there is besides the inputs; nil answers with nothing. An output "id" becomes
	// the ID of a new resource; without one the ID is the logical name with a few digits.
	Outputs func(r FakeResource) (resource.PropertyMap, error)
	// Replaces lists the changed top-level properties, among changed, that replace the resource; nil replaces never.
	Replaces func(r FakeResource, changed []string) []string
	// Invoke answers functions; nil refuses them by name.
	Invoke func(token string, args resource.PropertyMap) (resource.PropertyMap, error)
}

// FakeResource is a resource that a Fake is asked about.
type FakeResource struct {
	Type   string               // "random:index/randomPassword:RandomPassword"
	Name   string               // the logical name
	URN    string               //
	Inputs resource.PropertyMap // secrets are marked
	Old    resource.PropertyMap // the inputs so far; nil for a new resource
	State  resource.PropertyMap // the outputs so far; nil for a new resource, and in Check
	Seed   []byte               // for autonaming, in Check
}

// WithFake answers for a package with a fake.
func WithFake(pkg string, fake Fake) Option {
	return func(s *Stack) {
		s.providers = append(s.providers, served{name: pkg, version: "1.0.0", anyVersion: true,
			server: func() (pulumirpc.ResourceProviderServer, error) { return &fakeServer{pkg: pkg, fake: fake}, nil }})
	}
}

// WithFakes answers for random, tls and kubernetes with the fakes that are shipped.
func WithFakes() Option {
	return func(s *Stack) {
		for pkg, fake := range map[string]Fake{"random": Random(), "tls": TLS(), "kubernetes": Kubernetes()} {
			WithFake(pkg, fake)(s)
		}
	}
}

func newFakeResource(urn string, inputs, old, state resource.PropertyMap) FakeResource {
	u := resource.URN(urn)
	return FakeResource{Type: string(u.Type()), Name: u.Name(), URN: urn, Inputs: inputs, Old: old, State: state}
}

// Kind is the last part of the type: "RandomPassword".
func (r FakeResource) Kind() string { return string(tokens.Type(r.Type).Name()) }

// Text is a string among the inputs, "" when there is none. Secrets are opened.
func (r FakeResource) Text(name string) string {
	if v := opened(r.Inputs[resource.PropertyKey(name)]); v.IsString() {
		return v.StringValue()
	}
	return ""
}

// Number is a number among the inputs, or what it is otherwise.
func (r FakeResource) Number(name string, otherwise int) int {
	if v := opened(r.Inputs[resource.PropertyKey(name)]); v.IsNumber() {
		return int(v.NumberValue())
	}
	return otherwise
}

// Digits are hexadecimal digits that belong to the resource: the same for the same URN and inputs, n of them, 64 at the most.
func (r FakeResource) Digits(n int) string {
	sum := sha256.Sum256(fmt.Append(nil, r.URN, Plain(resource.NewProperty(r.Inputs))))
	return hex.EncodeToString(sum[:])[:n]
}

func opened(v resource.PropertyValue) resource.PropertyValue {
	for v.IsSecret() || v.IsOutput() && v.OutputValue().Known {
		if v.IsSecret() {
			v = v.SecretValue().Element
			continue
		}
		v = v.OutputValue().Element
	}
	return v
}

func secretText(text string) resource.PropertyValue {
	return resource.MakeSecret(resource.NewProperty(text))
}
