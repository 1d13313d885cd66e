package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// released is a small schema: a component with arguments of every kind, an output, an object and an enum.
const released = `{
  "name": "p",
  "language": {"nodejs": {"packageName": "@p/p"}, "csharp": {"namespaces": {"p": "P"}}},
  "resources": {"p:index:R": {
    "inputProperties": {
      "name": {"type": "string"},
      "ids": {"type": "object", "additionalProperties": {"type": "string"}},
      "pools": {"type": "array", "items": {"$ref": "#/types/p:index:Pool", "plain": true}},
      "mode": {"$ref": "#/types/p:index:Mode", "plain": true}
    },
    "requiredInputs": ["name"],
    "properties": {"id": {"type": "string"}, "records": {"type": "array", "items": {"$ref": "#/types/p:index:Record"}}},
    "required": ["id", "records"]
  }},
  "functions": {"p:index:f": {}},
  "types": {
    "p:index:Pool": {"type": "object", "properties": {"size": {"type": "integer"}, "zone": {"type": "string"}}, "required": ["size"]},
    "p:index:Record": {"type": "object", "properties": {"role": {"type": "string"}}, "required": ["role"]},
    "p:index:Mode": {"type": "string", "enum": [{"value": "User"}, {"value": "System"}]}
  }
}`

func parsed(t *testing.T, text string) spec {
	t.Helper()
	var s spec
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// changed is the released schema with replacements, each of which has to be one.
func changed(t *testing.T, replacements ...string) string {
	t.Helper()
	text := released
	for i := 0; i < len(replacements); i += 2 {
		if !strings.Contains(text, replacements[i]) {
			t.Fatalf("nothing to replace: %s", replacements[i])
		}
		text = strings.Replace(text, replacements[i], replacements[i+1], 1)
	}
	return text
}

func TestOnlyWhatBreaksProgramsIsABreak(t *testing.T) {
	cases := []struct {
		name, reason string
		change       []string
		want         string
	}{
		{"nothing", "the schema is the same", nil, ""},
		{"new argument", "nobody has to give it", []string{`"name": {`, `"tags": {"type": "string"}, "name": {`}, ""},
		{"new output", "nobody has to read it", []string{`"id": {`, `"fqdn": {"type": "string"}, "id": {`}, ""},
		{"new value", "nobody has to name it", []string{`{"value": "User"}`, `{"value": "User"}, {"value": "Gateway"}`}, ""},
		{"optional", "whoever gives it may go on", []string{`"requiredInputs": ["name"]`, `"requiredInputs": []`}, ""},
		{"no longer plain", "a plain value is still taken", []string{`:Pool", "plain": true`, `:Pool"`}, ""},
		{"output of an object for arguments", "it is never read", []string{`"required": ["size"]`, `"required": []`}, ""},
		{"resource", "programs make it", []string{`"p:index:R": {`, `"p:index:S": {`}, "p:index:R: the resource is gone"},
		{"function", "programs call it", []string{`"p:index:f"`, `"p:index:g"`}, "p:index:f: the function is gone"},
		{"argument", "programs give it", []string{`"name": {"type": "string"},`, ``, `["name"]`, `[]`}, "p:index:R.name: the argument is gone"},
		{
			"required", "programs do not give it", []string{`"requiredInputs": ["name"]`, `"requiredInputs": ["name", "mode"]`},
			"p:index:R.mode: the argument has become required",
		},
		{
			"new and required", "programs cannot know it", []string{`"name": {`, `"region": {"type": "string"}, "name": {`, `["name"]`, `["name", "region"]`},
			"p:index:R.region: the argument is new and required",
		},
		{
			"another type", "a string is no number", []string{`"name": {"type": "string"}`, `"name": {"type": "integer"}`},
			"p:index:R.name: the argument is of type integer, no longer string",
		},
		{
			"another type within", "its elements are no numbers", []string{`"additionalProperties": {"type": "string"}`, `"additionalProperties": {"type": "integer"}`},
			"p:index:R.ids: the argument is of type map of integer, no longer map of string",
		},
		{"plain", "programs give an output", []string{`"name": {"type": "string"}`, `"name": {"type": "string", "plain": true}`}, "p:index:R.name: the argument is plain, and takes an output no longer"},
		{
			"plain within", "programs give outputs in it", []string{`{"type": "string"}},`, `{"type": "string", "plain": true}},`},
			"p:index:R.ids: the argument is plain, and takes an output no longer",
		},
		{"argument of an object", "programs give it", []string{`, "zone": {"type": "string"}`, ``}, "p:index:Pool.zone: the argument is gone"},
		{"required in an object", "programs do not give it", []string{`"required": ["size"]`, `"required": ["size", "zone"]`}, "p:index:Pool.zone: the argument has become required"},
		{"value", "programs name it", []string{`{"value": "User"}, `, ``}, "p:index:Mode: the value User is gone"},
		{"output", "programs read it", []string{`"id": {"type": "string"}, `, ``}, "p:index:R.id: the output is gone"},
		{"missing output", "programs rely on it", []string{`"required": ["id", "records"]`, `"required": ["records"]`}, "p:index:R.id: the output may be missing now"},
		{"another output", "programs read a string", []string{`"id": {"type": "string"}`, `"id": {"type": "integer"}`}, "p:index:R.id: the output is of type integer, no longer string"},
		{"output of an object", "programs read it", []string{`{"role": {"type": "string"}}`, `{}`}, "p:index:Record.role: the output is gone"},
		{"package name", "programs import it", []string{`"@p/p"`, `"@p/q"`}, "nodejs: packageName is @p/q, no longer @p/p"},
		{"namespace", "programs import it", []string{`{"p": "P"}`, `{"p": "Q"}`}, "csharp: namespaces is map[p:Q], no longer map[p:P]"},
		{"name", "the state has it in every type", []string{`"name": "p"`, `"name": "q"`}, "the package is called q, no longer p"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			got := strings.Join(compare(parsed(t, released), parsed(t, changed(t, tc.change...))), "\n")
			if got != tc.want {
				t.Errorf("%s: got %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}

// checkout is a repository of its own; step commits a version with a schema, and tags it if there is a tag.
type checkout struct {
	t    *testing.T
	root string
}

func newCheckout(t *testing.T) checkout {
	t.Helper()
	c := checkout{t, t.TempDir()}
	c.git("init", "--quiet")
	return c
}

func (c checkout) git(args ...string) {
	c.t.Helper()
	command := exec.Command("git", append([]string{"-C", c.root, "-c", "user.name=t", "-c", "user.email=t@example.com"}, args...)...)
	if text, err := command.CombinedOutput(); err != nil {
		c.t.Fatalf("%v: %v\n%s", command, err, text)
	}
}

func (c checkout) step(version, schema string, tags ...string) {
	c.t.Helper()
	for name, text := range map[string]string{"VERSION": version + "\n", schemaFile: schema} {
		file := filepath.Join(c.root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			c.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			c.t.Fatal(err)
		}
	}
	c.git("add", "-A")
	c.git("commit", "--quiet", "--allow-empty", "-m", version)
	for _, tag := range tags {
		c.git("tag", tag)
	}
}

// TestReleasesAreComparedWithTheOneBefore, and a version that announces breaks may bring some.
func TestReleasesAreComparedWithTheOneBefore(t *testing.T) {
	broken := changed(t, `"p:index:R": {`, `"p:index:S": {`)
	type step struct{ version, schema, tag string }
	cases := []struct {
		name, reason string
		steps        []step
		announced    bool
		want         string
	}{
		{"first", "there is nothing to take", []step{{"0.1.0", released, ""}}, true, "no release yet"},
		{"the first being made", "its own tag is not the one before", []step{{"0.1.0", released, "v0.1.0"}}, true, "no release yet"},
		{"nothing taken", "a patch is enough", []step{{"0.1.0", released, "v0.1.0"}, {"0.1.1", released, ""}}, true, "Whoever uses v0.1.0 can go on with 0.1.1."},
		{"patch", "nobody expects it", []step{{"0.1.0", released, "v0.1.0"}, {"0.1.1", broken, "v0.1.1"}}, false, "Version 0.1.1 does not announce that"},
		{"minor below 1.0", "that is where such versions say so", []step{{"0.9.0", released, "v0.9.0"}, {"0.10.0", broken, ""}}, true, "Version 0.10.0 announces that."},
		{"minor", "nobody expects it", []step{{"1.0.0", released, "v1.0.0"}, {"1.1.0", broken, ""}}, false, "p:index:R: the resource is gone"},
		{"major", "it says so", []step{{"1.9.0", released, "v1.9.0"}, {"2.0.0", broken, ""}}, true, "Version 2.0.0 announces that."},
		{"first stable", "it says so as well", []step{{"0.9.0", released, "v0.9.0"}, {"1.0.0", broken, ""}}, true, "These changes break programs that use v0.9.0:"},
		{"after ten", "versions are numbers", []step{{"0.9.0", broken, "v0.9.0"}, {"0.10.0", released, "v0.10.0"}, {"0.10.1", released, ""}}, true, "Whoever uses v0.10.0"},
		{"after a pre-release", "that promises nothing", []step{{"0.1.0", released, "v0.1.0"}, {"0.2.0-rc.1", broken, "v0.2.0-rc.1"}, {"0.1.1", released, ""}}, true, "Whoever uses v0.1.0"},
		{"another tag", "modules in folders have tags with the folder", []step{{"0.1.0", released, "sdk/go/aksidentity/v0.1.0"}, {"0.1.1", broken, ""}}, true, "no release yet"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := newCheckout(t)
			for _, s := range tc.steps {
				var tags []string
				if s.tag != "" {
					tags = append(tags, s.tag)
				}
				c.step(s.version, s.schema, tags...)
			}
			var out strings.Builder
			announced, err := run(&out, c.root)
			if err != nil || announced != tc.announced || !strings.Contains(out.String(), tc.want) {
				t.Errorf("%s: got %v, %v, %q; want %v, %q", tc.reason, announced, err, out.String(), tc.announced, tc.want)
			}
		})
	}
}

// TestWithoutACheckoutNothingIsPromised: no answer is an error, not "no release yet".
func TestWithoutACheckoutNothingIsPromised(t *testing.T) {
	root := t.TempDir()
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(root))
	var out strings.Builder
	if announced, err := run(&out, root); err == nil || announced {
		t.Errorf("there is no VERSION: got %v, %v, %q", announced, err, out.String())
	}
	if err := os.WriteFile(filepath.Join(root, "VERSION"), []byte("0.1.0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if announced, err := run(&out, root); err == nil || announced {
		t.Errorf("there is no git: got %v, %v, %q", announced, err, out.String())
	}
	c := newCheckout(t)
	c.step("0.1.0", "{", "v0.1.0")
	shallow := t.TempDir()
	c.git("clone", "--quiet", "--depth=1", "--no-tags", "file://"+c.root, shallow)
	if announced, err := run(&out, shallow); err == nil || announced || !strings.Contains(err.Error(), "shallow") {
		t.Errorf("the tag is not there: got %v, %v", announced, err)
	}
	c.step("0.1.1", released)
	if announced, err := run(&out, c.root); err == nil || announced || !strings.Contains(err.Error(), "at v0.1.0") {
		t.Errorf("the released schema is none: got %v, %v", announced, err)
	}
}
