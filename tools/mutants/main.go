// Command mutants changes the code in small ways, one at a time, and looks whether a test notices: a comparison turned round, a bound
// moved by one, "and" for "or".
//
//	make mutants                       # everything
//	make mutants MUTANTS='-only plan/' # one room or file (all of a file) while you write tests
//	make mutants MUTANTS=-all          # no sample
//	make mutants MUTANTS=-listed       # only whether the list of survivors still holds
//
// Which changes there are says gremlins (github.com/go-gremlins/gremlins), with all its mutators. It would compile and link once for
// each, which takes half a minute where the Pulumi engine is linked in. So we compile all changes into one test binary for each
// package of tests, each change behind a number (package mutant), and run that binary with one number at a time. The sources stay as they
// are: the changed ones are laid over them with the -overlay of the go command.
//
// A change is tried with the tests that come by it, quick ones first, until one fails, or takes four times as long as it should. A
// change that no test notices survives. Survivors are listed in survivors.txt, each with its reason; one that is not listed makes
// the run fail, and so does a listed one that is noticed by now or that is no change any more, and a room of which less
// than nine in ten are noticed.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// rooms are the packages that are changed, and the packages whose tests should notice. A test of the components deploys with the
// engine, and takes a hundred times as long as one of the plan; so only some of their changes are tried.
var rooms = []room{
	{"rbac", []string{"rbac", "plan"}, 0},
	{"plan", []string{"plan", "report", "components"}, 0},
	{"components", []string{"components", "tests/components"}, 150},
}

type room struct {
	name  string
	tests []string
	// sample is how many changes are tried at most; 0 for all.
	sample int
}

// seed chooses the sample: a change is in it or not by its name, so that edits elsewhere leave the sample as it is.
const seed = 1

type options struct {
	root, gremlins, only, survivors string
	all, listed                     bool
	least                           float64
	workers                         int
}

func main() {
	var o options
	flag.StringVar(&o.root, "root", "..", "the module under test")
	flag.StringVar(&o.gremlins, "gremlins", "../bin/gremlins", "the program gremlins")
	flag.StringVar(&o.only, "only", "", "only changes to files whose path begins like this, such as plan/ or plan/defaults.go")
	flag.BoolVar(&o.all, "all", false, "all changes to a room; without it, and without a file in -only, components is sampled")
	flag.BoolVar(&o.listed, "listed", false, "only the changes that are listed as survivors")
	flag.StringVar(&o.survivors, "survivors", "mutants/survivors.txt", "the list of changes that may go unnoticed, with reasons")
	flag.Float64Var(&o.least, "least", 0.9, "the part of the changes to a room that has to be noticed")
	flag.IntVar(&o.workers, "workers", runtime.NumCPU(), "how many changes are tried at the same time")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	begin := time.Now()
	var err error
	if o.root, err = filepath.Abs(o.root); err != nil {
		return err
	}
	if o.gremlins, err = filepath.Abs(o.gremlins); err != nil {
		return err
	}
	listed, err := readSurvivors(o.survivors)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-interrupted
		_ = os.RemoveAll(scratch) // test binaries with the engine are large
		os.Exit(130)
	}()

	mutants, err := find(o, scratch)
	if err != nil {
		return err
	}
	suites, err := compile(o.root, scratch, mutants)
	if err != nil {
		return err
	}
	if o.listed {
		leaveOutUnlisted(mutants, listed)
	} else if oneFile := strings.HasSuffix(o.only, ".go"); !o.all && !oneFile {
		leaveOut(mutants)
	}
	if err := measure(suites, scratch, o.workers); err != nil {
		return err
	}
	try(mutants, suites, o.workers)
	fmt.Print(table(mutants))
	fmt.Printf("\nTook %s on %d cores; the tests alone took %s of processor time. %s\n",
		time.Since(begin).Round(time.Second), runtime.NumCPU(), time.Duration(testTime.Load()).Round(time.Second), aboutSamples(mutants, o))
	return judge(mutants, listed, o)
}

func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, time.Now().Format("15:04:05 ")+format+"\n", args...)
}
