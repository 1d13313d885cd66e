package pages_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
	"github.com/aksidentity/pulumi-aksidentity/components"
)

// inANewNetwork needs nothing that is there before.
func inANewNetwork(ctx *pulumi.Context) error {
	_, err := components.NewManagedIdentityCluster(ctx, "shop", &components.ManagedIdentityClusterArgs{
		Location: pulumi.String("westeurope"), APIServer: &components.APIServerArgs{Public: true},
	})
	return err
}

// recorded and upgraded are the code of docs/upgrading.md: what a test does before an upgrade of a program, and after it.
func recorded(t *testing.T, program pulumi.RunFunc, state, azure string) {
	t.Helper()
	s := simtest.New(t, program, simtest.WithNames("shop", "prod"))
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	if err := errors.Join(os.WriteFile(state, s.Export(), 0o600), s.Cloud().Save(azure)); err != nil {
		t.Fatal(err)
	}
}

func upgraded(t testing.TB, program pulumi.RunFunc, state, azure string) {
	t.Helper()
	cloud, err := azuresim.Load(azure)
	if err != nil {
		t.Fatal(err)
	}
	exported, err := os.ReadFile(state)
	if err != nil {
		t.Fatal(err)
	}
	s := simtest.New(t, program, simtest.WithNames("shop", "prod"), simtest.WithCloud(cloud), simtest.WithState(exported))
	if preview := s.Preview(); preview.Err != nil || !preview.Unchanged() {
		t.Errorf("the upgrade changes %s\n%s", preview.Explain(), preview.Steps.Changing())
	}
}

// complaints counts what a test that looks on has to say.
type complaints struct {
	testing.TB

	n int
}

func (c *complaints) Errorf(string, ...any) { c.n++ }

// TestAnUpgradeIsComparedAsThePageSays: the same program changes nothing, and one that makes less is noticed.
func TestAnUpgradeIsComparedAsThePageSays(t *testing.T) {
	state, azure := filepath.Join(t.TempDir(), "state.json"), filepath.Join(t.TempDir(), "azure.json")
	recorded(t, inANewNetwork, state, azure)
	upgraded(t, inANewNetwork, state, azure)
	said := &complaints{TB: t}
	if upgraded(said, func(*pulumi.Context) error { return nil }, state, azure); said.n != 1 {
		t.Errorf("a cluster that goes is worth a complaint, got %d", said.n)
	}
}
