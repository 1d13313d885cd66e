package simtest_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// TestAStackGoesOnWithAnExportedState: state and cloud of one test are enough for another one, which may have another program.
func TestAStackGoesOnWithAnExportedState(t *testing.T) {
	t.Parallel()
	secretly := func(n int) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			ctx.Export("password", pulumi.ToSecret("hunter2"))
			return grants(n)(ctx)
		}
	}
	first := simtest.New(t, secretly(2))
	if up := first.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	path := filepath.Join(t.TempDir(), "cloud.json")
	if err := first.Cloud().Save(path); err != nil {
		t.Fatal(err)
	}
	cloud, err := azuresim.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	second := simtest.New(t, secretly(2), simtest.WithCloud(cloud), simtest.WithState(first.Export()))
	up := second.Up()
	if up.Err != nil || !up.Unchanged() {
		t.Errorf("the same program changes nothing, got %s\n%s", up.Explain(), up.Steps.Changing())
	}
	if password, secret := up.Output("password"); password != "hunter2" || !secret {
		t.Errorf("a secret stays one, got %v, secret: %v", password, secret)
	}
	second.SetProgram(secretly(1))
	if less := second.Up(); less.Err != nil || less.Op("delete") != 2 {
		t.Errorf("a grant and its network go, got %s\n%s", less.Explain(), less.Steps.Changing())
	}
	if down := second.Destroy(); down.Err != nil || !cloud.Empty() {
		t.Errorf("destroy knows all that there is, got %s, left %v", down.Explain(), cloud.Resources())
	}
}

func TestAStateThatCannotBeUsedEndsTheTest(t *testing.T) {
	t.Parallel()
	s := simtest.New(t, grants(0))
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	exported := s.Export()
	cases := []struct {
		name, reason, state string
		want                string
		opts                []simtest.Option
	}{
		{"broken", "it is not JSON", "{", "reading the state", nil},
		{"of a CLI", "only Pulumi's own secrets manager can read its secrets", `{"secrets_providers": {"type": "passphrase"}}`,
			`encrypted by "passphrase"`, nil},
		{"of another stack", "nothing in it would belong to the program", string(exported), "WithNames",
			[]simtest.Option{simtest.WithNames("simtest", "other")}},
		{"of another project", "nothing in it would belong to the program", string(exported), "WithNames",
			[]simtest.Option{simtest.WithNames("other", "test")}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if said := fatal(t, func(tb testing.TB) {
				simtest.New(tb, grants(0), append(tc.opts, simtest.WithState([]byte(tc.state)))...)
			}); !strings.Contains(said, tc.want) {
				t.Errorf("%s: it should say %q, got %q", tc.reason, tc.want, said)
			}
		})
	}
}

// ended is what a test that ends early panics with here.
type ended struct{ said string }

// ending is a test whose Fatalf can be looked at.
type ending struct{ testing.TB }

func (ending) Fatalf(format string, args ...any) { panic(ended{fmt.Sprintf(format, args...)}) }

// fatal is what a test says when it ends early; "" when it does not.
func fatal(t *testing.T, run func(testing.TB)) (said string) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			end, ours := r.(ended)
			if !ours {
				panic(r)
			}
			said = end.said
		}
	}()
	run(ending{t})
	return ""
}

// TestAStepKnowsTheInputsBefore: also when the resource had another name.
func TestAStepKnowsTheInputsBefore(t *testing.T) {
	t.Parallel()
	group := func(name, tag string, opts ...pulumi.ResourceOption) pulumi.RunFunc {
		return func(ctx *pulumi.Context) error {
			_, err := raw(ctx, groupToken, name, pulumi.Map{
				"location": pulumi.String("westeurope"), "tags": pulumi.Map{"team": pulumi.String(tag)}}, opts...)
			return err
		}
	}
	s := simtest.New(t, group("one", "red"))
	up := s.Up()
	if step := up.Steps.Name("one"); up.Err != nil || len(step) != 1 || step[0].Before != nil {
		t.Fatalf("a new resource has no inputs before, got %s %v", up.Explain(), step)
	}
	s.SetProgram(group("two", "blue", pulumi.Aliases([]pulumi.Alias{{Name: pulumi.String("one")}})))
	step := s.Up().Steps.Name("two")
	if len(step) != 1 || fmt.Sprint(simtest.Plain(step[0].Before["tags"]), step[0].Input("tags")) != "map[team:red] map[team:blue]" {
		t.Errorf("the tag was red and is blue, got %+v", step)
	}
}
