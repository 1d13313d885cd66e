// Command genref writes the reference of the components into a folder:
//
//	go run ./internal/refdocs/genref -root . -out docs/reference
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/aksidentity/pulumi-aksidentity/internal/refdocs"
)

func main() {
	root := flag.String("root", ".", "folder of the repository")
	out := flag.String("out", "", "folder to write into; all that is in it goes; required")
	flag.Parse()
	if err := run(*root, *out); err != nil {
		fmt.Fprintln(os.Stderr, "genref:", err)
		os.Exit(1)
	}
}

func run(root, out string) error {
	if out == "" {
		return fmt.Errorf("-out must name a folder")
	}
	pages, err := refdocs.Pages(context.Background(), root)
	if err != nil {
		return err
	}
	return refdocs.Write(out, pages)
}
