package provider_test

import (
	"bytes"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/internal/sdks"
)

// sdkOf is what is generated for a language from the schema.
func sdkOf(t *testing.T, language sdks.Language) map[string][]byte {
	t.Helper()
	files, err := sdks.FromSpec(specOf(t), language)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestSDKs looks at what makes the SDKs ours.
func TestSDKs(t *testing.T) {
	for _, tc := range []struct {
		language               sdks.Language
		reason, file, contains string
	}{
		{sdks.Go, "pools are plain, their values may be late", "aksidentity/managedIdentityCluster.go", "Pools []NodePoolArgs"},
		{sdks.NodeJS, "the keys of a map are plain, its values may be late", "managedIdentityCluster.ts", "subnets?: {[key: string]: pulumi.Input<string>};"},
		{sdks.Python, "properties are called as Python calls them", "pulumi_aksidentity/managed_identity_cluster.py", "resource_group_name"},
	} {
		t.Run(string(tc.language), func(t *testing.T) {
			if files := sdkOf(t, tc.language); !bytes.Contains(files[tc.file], []byte(tc.contains)) {
				t.Errorf("%s: %s does not contain %q:\n%s", tc.reason, tc.file, tc.contains, files[tc.file])
			}
		})
	}
}
