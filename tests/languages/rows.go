package languages

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// FolderVariable names the folder for the notes. Without it nothing is noted.
const FolderVariable = "AKSID_LANGUAGES"

// Language is a language in which programs use the components.
type Language string

// The languages, as their makers write them.
const (
	Go         Language = "Go"
	YAML       Language = "YAML"
	TypeScript Language = "TypeScript"
	Python     Language = "Python"
	CSharp     Language = "C#"
	Java       Language = "Java"
)

// Done is the most that a test did with a program.
type Done string

// What can be done with a program, the most first.
const (
	// Deployed is deployed into a simulated Azure.
	Deployed Done = "deployed"
	// Compiled is accepted by the compiler of the language, with all types.
	Compiled Done = "compiled"
	// ByteCompiled is accepted by the parser of the language, without types.
	ByteCompiled Done = "byte-compiled"
	// NotWritten is an example that cannot be in this language; How gives the reason.
	NotWritten Done = "none"
)

// Row is what a test did with one example in one language.
type Row struct {
	// Example is its folder below examples/.
	Example  string
	Language Language
	Done     Done
	// How it was done, or why no more was done: a few words that stand below the table. Required.
	How string
}

// Record notes the row when the test ends, unless the test failed or was skipped.
func Record(t testing.TB, row Row) {
	t.Helper()
	if row.Example == "" || row.Language == "" || row.Done == "" || row.How == "" {
		t.Fatalf("a row says what was done with which example in which language, and how: %+v", row)
	}
	folder := os.Getenv(FolderVariable)
	if folder == "" {
		return
	}
	t.Cleanup(func() {
		if t.Failed() || t.Skipped() {
			return
		}
		if err := row.write(folder); err != nil {
			t.Error(err)
		}
	})
}

// write puts the row into a file of its own: test programs run at the same time.
func (r Row) write(folder string) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, r.Example+"."+string(r.Language)+".json"), append(text, '\n'), 0o600)
}

// Rows reads what was noted in the folder.
func Rows(folder string) ([]Row, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var row Row
		if err := json.Unmarshal(text, &row); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// Examples are the names of the folders in examples/.
func Examples(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names, nil
}
