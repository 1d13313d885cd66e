package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/tools/internal/sources"
)

// sdk is a package of the SDK in small: what models.go, models_serde.go and constants.go look like.
var sdk = map[string]string{
	"models.go": `package armthings

import "time"

type Thing struct {
	// REQUIRED; Where it lives.
	Location *string

	Kind       *Kind
	Properties *ThingProperties
	Tags       map[string]*string

	// READ-ONLY; The id.
	ID *string
}

type ThingProperties struct {
	AdditionalProperties map[string]any
	Count                *int32
	Created              *time.Time
	Key                  []byte
	Parts                []*Part
	Stream               *KnownStream
}

type Part struct {
	// REQUIRED; The name.
	Name *string
	Part *Part
}

type ThingUpdate struct {
	Tags map[string]*string
}

type Unreached struct{ Name *string }
`,
	"models_serde.go": `package armthings

func (t *Thing) UnmarshalJSON(data []byte) error {
	for key, val := range rawMsg {
		switch key {
		case "id":
			err = unpopulate(val, "ID", &t.ID)
		case "kind":
			err = unpopulate(val, "Kind", &t.Kind)
		case "location":
			err = unpopulate(val, "Location", &t.Location)
		case "properties":
			err = unpopulate(val, "Properties", &t.Properties)
		case "tags":
			err = unpopulate(val, "Tags", &t.Tags)
		}
	}
}

func (t *ThingProperties) UnmarshalJSON(data []byte) error {
	for key, val := range rawMsg {
		switch key {
		case "scan-count":
			err = unpopulate(val, "Count", &t.Count)
		case "created":
			err = unpopulateTimeRFC3339(val, "Created", &t.Created)
		case "key":
			err = runtime.DecodeByteArray(string(val), &t.Key, runtime.Base64StdFormat)
		case "parts":
			err = unpopulate(val, "Parts", &t.Parts)
		case "stream":
			err = unpopulate(val, "Stream", &t.Stream)
		default:
			if t.AdditionalProperties == nil {
				t.AdditionalProperties = map[string]any{}
			}
		}
	}
}

func (t *ThingUpdate) UnmarshalJSON(data []byte) error {
	for key, val := range rawMsg {
		switch key {
		case "tags":
			err = unpopulate(val, "Tags", &t.Tags)
		}
	}
}

func (p *Part) UnmarshalJSON(data []byte) error {
	for key, val := range rawMsg {
		switch key {
		case "name":
			err = unpopulate(val, "Name", &p.Name)
		case "part":
			err = unpopulate(val, "Part", &p.Part)
		}
	}
}
`,
	"constants.go": `package armthings

type Kind string

const (
	KindSmall Kind = "small"
	KindBig   Kind = "Big"
)

type KnownStream string

const KnownStreamA KnownStream = "a"
`,
	"things_client.go": `package armthings

func create() { reqQP.Set("api-version", "2025-01-01") }

func (c *ThingsClient) updateCreateRequest(ctx context.Context, name string, thing ThingUpdate, _ *ThingsClientUpdateOptions) {
	runtime.NewRequest(ctx, http.MethodPatch, name)
}
`,
}

// folderOf writes the small package, with replaced files.
func folderOf(t *testing.T, replaced map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	files := maps.Clone(sdk)
	maps.Copy(files, replaced)
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var things = module{path: "things/armthings", version: "v1.0.0", types: []modelled{{name: "Microsoft.Things/things", put: "Thing", client: "things"}}}

func TestModelsAreReadAsARMSpellsThem(t *testing.T) {
	doc := &document{Resources: map[string]*resource{}}
	if err := doc.addModule(things, sources.Module{Dir: folderOf(t, nil)}); err != nil {
		t.Fatal(err)
	}
	text, err := doc.encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"Microsoft.Things/things": {"package":"armthings","api":"2025-01-01","put":"Thing","patch":"ThingUpdate","answer":"Thing"}`,
		`"ThingUpdate": {"tags":"map[string]"}`,
		`"Kind": ["Big","small"]`,
		`"Part": {"name":"string!","part":"#Part"}`,
		`"Thing": {"id":"string^","kind":"=Kind","location":"string!","properties":"#ThingProperties","tags":"map[string]"}`,
		`"ThingProperties": {"*":"any","created":"string","key":"string","parts":"[]#Part","scan-count":"integer","stream":"string"}`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is missing in\n%s", want, text)
		}
	}
	if strings.Contains(string(text), "Unreached") {
		t.Error("a model that no resource type reaches is not written")
	}
	if !json.Valid(text) {
		t.Errorf("no JSON:\n%s", text)
	}
}

func TestTheBodyOfAPatchIsFound(t *testing.T) {
	client := sdk["things_client.go"]
	cases := []struct{ name, reason, client, options, want string }{
		{"parameter", "the way of most clients", client, "package armthings\n", "ThingUpdate"},
		{"option", "the way of clients whose body is optional", strings.Replace(client, "thing ThingUpdate, _ *", "options *", 1),
			"package armthings\n\ntype ThingsClientUpdateOptions struct {\n\tExpand *string\n\tBody *ThingUpdate\n}\n", "ThingUpdate"},
		{"none", "a PUT is no PATCH", strings.Replace(client, "MethodPatch", "MethodPut", 1), "package armthings\n", ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			doc := &document{Resources: map[string]*resource{}}
			dir := folderOf(t, map[string]string{"things_client.go": tc.client, "options.go": tc.options})
			if err := doc.addModule(things, sources.Module{Dir: dir}); err != nil {
				t.Fatal(err)
			}
			if got := doc.Resources["Microsoft.Things/things"].Patch; got != tc.want {
				t.Errorf("%s: got %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}

func TestWhatTheGeneratorDoesNotUnderstandIsAnError(t *testing.T) {
	serde := sdk["models_serde.go"]
	cases := []struct {
		name, reason, file, text, want string
	}{
		{"no name", "the wire needs one", "models_serde.go", strings.Replace(serde, `&p.Part)`, `nil)`, 1), "Part.Part has no name on the wire"},
		{"discriminator", "the model depends on a value", "interfaces.go", "package armthings\n\ntype Part interface{ GetPart() }\n",
			"Part has a discriminator"},
		{"no version", "each type tells its API version", "things_client.go", "package armthings\n", "names no API version"},
		{"PATCH without a body", "a PATCH that is not understood must not be taken for none", "things_client.go",
			strings.Replace(sdk["things_client.go"], "thing ThingUpdate", "count int", 1), "updateCreateRequest of things_client.go has no body"},
		{"no model", "the catalog names models", "models.go", "package armthings\n", "there is no model Thing"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			doc := &document{Resources: map[string]*resource{}}
			err := doc.addModule(things, sources.Module{Dir: folderOf(t, map[string]string{tc.file: tc.text})})
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%s: got %v, want %q", tc.reason, err, tc.want)
			}
		})
	}
}
