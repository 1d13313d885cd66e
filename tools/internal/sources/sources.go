// Package sources is what the generators have in common: they read sources of Go modules, and write JSON that is read line by line in
// a diff.
package sources

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// AzureSDK is where the modules of Azure's SDK for Go lie.
const AzureSDK = "github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/"

// Module is where the go command keeps a module.
type Module struct{ Dir, Info, Error string }

// Download asks the go command for a module.
func Download(path, version string) (Module, error) {
	cmd := exec.Command("go", "mod", "download", "-json", path+"@"+version)
	cmd.Dir = os.TempDir() // outside of any module: what we read must not become a dependency
	out, err := cmd.Output()
	var m Module
	if jsonErr := json.Unmarshal(out, &m); jsonErr == nil && m.Error != "" {
		return m, fmt.Errorf("downloading %s@%s: %s", path, version, m.Error)
	}
	if err != nil {
		return m, fmt.Errorf("downloading %s@%s: %w", path, version, err)
	}
	return m, nil
}

// Released is the day of the module version, as the module proxy tells it; empty when it does not.
func (m Module) Released() string {
	text, err := os.ReadFile(m.Info)
	var info struct{ Time string }
	if err != nil || json.Unmarshal(text, &info) != nil {
		return ""
	}
	day, _, _ := strings.Cut(info.Time, "T")
	return day
}

// EachFile reads the files of a folder that match the pattern.
func EachFile(dir, pattern string, read func(file string, text []byte) error) error {
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := read(file, text); err != nil {
			return err
		}
	}
	return nil
}

// Lines writes the fields of a JSON object, one a line, in the order of their names.
func Lines[T any](b *bytes.Buffer, m map[string]T) error {
	keys := slices.Sorted(maps.Keys(m))
	for i, key := range keys {
		value, err := json.Marshal(m[key])
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "%q: %s%s\n", key, value, Comma(i, len(keys)))
	}
	return nil
}

// Comma stands behind element i of n.
func Comma(i, n int) string {
	if i == n-1 {
		return ""
	}
	return ","
}
