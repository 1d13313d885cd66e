// Command gensdk writes an SDK of our provider into a folder:
//
//	go run ./internal/sdks/gensdk -language nodejs -out sdk/nodejs
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/internal/sdks"
)

func main() {
	language := flag.String("language", "go", "go, nodejs or python")
	versionFile := flag.String("version-file", "VERSION", "file with the version of the provider, without a leading v")
	out := flag.String("out", "", "folder to write into; required")
	flag.Parse()
	if err := run(sdks.Language(*language), *versionFile, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gensdk:", err)
		os.Exit(1)
	}
}

func run(language sdks.Language, versionFile, out string) error {
	if out == "" {
		return fmt.Errorf("-out must name a folder")
	}
	version, err := os.ReadFile(versionFile)
	if err != nil {
		return err
	}
	files, err := sdks.Generate(context.Background(), language, strings.TrimSpace(string(version)))
	if err != nil {
		return err
	}
	return sdks.Write(out, files)
}
