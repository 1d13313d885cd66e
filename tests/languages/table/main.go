// Command table prints what the tests noted of the examples in each language: the folder of the notes, then that of the examples.
//
//	go run ./tests/languages/table FOLDER examples
package main

import (
	"fmt"
	"os"

	"github.com/aksidentity/pulumi-aksidentity/tests/languages"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("give the folder of the notes and that of the examples, not %q", args)
	}
	rows, err := languages.Rows(args[0])
	if err != nil {
		return err
	}
	examples, err := languages.Examples(args[1])
	if err != nil {
		return err
	}
	fmt.Print(languages.Table(examples, rows))
	return nil
}
