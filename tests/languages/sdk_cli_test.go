//go:build cli

package languages_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/internal/sdks"
)

// sdkOf is our package for a language.
func sdkOf(t *testing.T, language sdks.Language) map[string][]byte {
	t.Helper()
	files, err := sdks.Generate(t.Context(), language, "1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// generated writes the files of a generated package into a folder.
func generated(t *testing.T, folder string, files map[string][]byte) {
	t.Helper()
	for name, text := range files {
		write(t, filepath.Join(folder, name), text)
	}
}

// write makes a file and the folders above it.
func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
}
