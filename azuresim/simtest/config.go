package simtest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/resource/deploy"
	"github.com/pulumi/pulumi/pkg/v3/resource/stack"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

// target is the stack as the engine wants it, with a copy of the state.
func (o *operation) target() (*deploy.Target, error) {
	s := o.stack
	name, err := tokens.ParseStackName(s.stack)
	if err != nil {
		return nil, fmt.Errorf("stack name: %w", err)
	}
	values := config.Map{}
	for key, value := range s.config {
		if err := s.setConfig(values, key, config.NewValue(value)); err != nil {
			return nil, err
		}
	}
	for key, value := range s.secretConfig {
		secret, err := crypter().EncryptValue(context.Background(), value)
		if err != nil {
			return nil, fmt.Errorf("configuration %q: %w", key, err)
		}
		if err := s.setConfig(values, key, config.NewSecureValue(secret)); err != nil {
			return nil, err
		}
	}
	return &deploy.Target{Name: name, Config: values, Decrypter: crypter(), Snapshot: cloneSnapshot(s.snapshot)}, nil
}

func (s *Stack) setConfig(values config.Map, key string, value config.Value) error {
	if !strings.Contains(key, ":") {
		key = s.project + ":" + key
	}
	k, err := config.ParseKey(key)
	if err != nil {
		return fmt.Errorf("configuration %q: %w", key, err)
	}
	values[k] = value
	return nil
}

// crypter encrypts secrets for tests. The key is no secret; what counts is that no secret stays readable in Export.
func crypter() config.Crypter {
	return config.NewSymmetricCrypter([]byte("simtest simtest simtest simtest!"))
}

// testSecrets is a secrets manager with that crypter.
type testSecrets struct{}

func (testSecrets) Type() string                { return "simtest" }
func (testSecrets) State() json.RawMessage      { return json.RawMessage(`{}`) }
func (testSecrets) Encrypter() config.Encrypter { return crypter() }
func (testSecrets) Decrypter() config.Decrypter { return crypter() }

// Export returns the state as "pulumi stack export" would: JSON with encrypted secrets. Searching it for the plain
// text of a secret shows whether the secret leaked.
func (s *Stack) Export() []byte {
	s.t.Helper()
	snapshot := cloneSnapshot(s.snapshot)
	if snapshot == nil {
		snapshot = &deploy.Snapshot{}
	}
	snapshot.SecretsManager = testSecrets{}
	deployment, err := stack.SerializeDeployment(context.Background(), snapshot, false)
	if err != nil {
		s.t.Fatalf("exporting the state: %v", err)
	}
	text, err := json.MarshalIndent(deployment, "", "  ")
	if err != nil {
		s.t.Fatalf("exporting the state: %v", err)
	}
	return text
}
