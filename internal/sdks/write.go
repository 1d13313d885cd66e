package sdks

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Write puts the files into a folder and takes away generated ones of before that are no longer among them. What people wrote there,
// such as go.mod, stays.
func Write(folder string, files map[string][]byte) error {
	if err := removeFormer(folder, files); err != nil {
		return err
	}
	for name, text := range files {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func removeFormer(folder string, files map[string][]byte) error {
	err := filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, file)
		if err != nil {
			return err
		}
		if _, still := files[filepath.ToSlash(name)]; still {
			return nil
		}
		text, err := os.ReadFile(file)
		if err != nil || !isGenerated(string(text)) {
			return err
		}
		return os.Remove(file)
	})
	if os.IsNotExist(err) {
		return nil // the first time there is no folder
	}
	return err
}

// isGenerated looks for the mark that the generators put into the first line, behind the comment sign of the language.
func isGenerated(text string) bool {
	first, _, _ := strings.Cut(text, "\n")
	return strings.Contains(first, "enerated by "+tool)
}
