package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// test is one test, example or fuzz function with its seeds.
type test struct {
	name string
	took time.Duration
	// reaches are the numbers of the changes that it comes by.
	reaches map[int]bool
}

// measure runs each test alone, to learn how long it takes and what it comes by.
func measure(suites map[string]*suite, scratch string, workers int) error {
	var errs []error
	for _, name := range sortedNames(suites) {
		s := suites[name]
		if err := s.list(); err != nil {
			return err
		}
		var mu sync.Mutex
		each(workers, len(s.tests), func(i int) {
			if err := s.measure(&s.tests[i], filepath.Join(scratch, fmt.Sprintf("reached-%s-%d", filepath.Base(s.binary), i))); err != nil {
				mu.Lock()
				defer mu.Unlock()
				errs = append(errs, err)
			}
		})
		slices.SortFunc(s.tests, func(a, b test) int { return cmp.Compare(a.took, b.took) })
		progress("%s: measured %d tests", s.name, len(s.tests))
	}
	return errors.Join(errs...)
}

func sortedNames(suites map[string]*suite) []string {
	var names []string
	for name := range suites {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// each calls do for all numbers below n, in as many goroutines as there are workers.
func each(workers, n int, do func(int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
}

func (s *suite) list() error {
	out, err := s.command(context.Background(), "-test.list", ".").Output()
	if err != nil {
		return fmt.Errorf("listing the tests of %s: %w", s.name, err)
	}
	for _, name := range strings.Fields(string(out)) {
		if !strings.HasPrefix(name, "Benchmark") {
			s.tests = append(s.tests, test{name: name})
		}
	}
	return nil
}

func (s *suite) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, s.binary, args...)
	cmd.Dir, cmd.WaitDelay = s.dir, time.Second
	cmd.Env = os.Environ()
	return cmd
}

// testTime is the processor time of all test runs, in nanoseconds.
var testTime atomic.Int64

func spent(cmd *exec.Cmd) {
	if cmd.ProcessState != nil {
		testTime.Add(int64(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()))
	}
}

func (s *suite) measure(t *test, reached string) error {
	cmd := s.command(context.Background(), "-test.run", only(t.name))
	cmd.Env = append(cmd.Env, "MUTANTS_REACHED="+reached)
	begin := time.Now()
	defer spent(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s in %s fails without any change: %w\n%s", t.name, s.name, err, out)
	}
	t.took, t.reaches = time.Since(begin), map[int]bool{}
	text, err := os.ReadFile(reached)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, word := range strings.Fields(string(text)) {
		id, err := strconv.Atoi(word)
		if err != nil {
			return err
		}
		t.reaches[id] = true
	}
	return os.RemoveAll(reached)
}

// only is a pattern for -test.run.
func only(names ...string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = regexp.QuoteMeta(name)
	}
	return "^(" + strings.Join(quoted, "|") + ")$"
}

// try tries all changes.
func try(mutants []*mutant, suites map[string]*suite, workers int) {
	open := slices.DeleteFunc(slices.Clone(mutants), func(m *mutant) bool { return m.outcome != untried })
	var done, alive atomic.Int64
	each(workers, len(open), func(i int) {
		m := open[i]
		m.outcome = survived
		for _, name := range m.room.tests {
			if suites[name].notices(m.id) {
				m.outcome, m.by = noticed, name
				break
			}
		}
		if m.outcome == survived {
			alive.Add(1)
			progress("survived: %s:%d:%d %s `%s`", m.file, m.line, m.column, m.kind, m.text)
		}
		if n := done.Add(1); n%50 == 0 {
			progress("tried %d of %d, %d survived", n, len(open), alive.Load())
		}
	})
}

// The first run has the quickest tests, for most changes are noticed soon.
const firstRun = time.Second

// notices runs the tests that come by a change.
func (s *suite) notices(id int) bool {
	var first, rest []test
	var total time.Duration
	for _, t := range s.tests {
		if !t.reaches[id] {
			continue
		}
		if total += t.took; total <= firstRun || len(first) == 0 {
			first = append(first, t)
		} else {
			rest = append(rest, t)
		}
	}
	return s.fails(id, first) || s.fails(id, rest)
}

// fails tells whether one of the tests fails, or takes four times as long as without the change.
func (s *suite) fails(id int, tests []test) bool {
	if len(tests) == 0 {
		return false
	}
	var names []string
	patience := 10 * time.Second
	for _, t := range tests {
		names = append(names, t.name)
		patience += 4 * t.took
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := s.command(ctx, "-test.failfast", "-test.run", only(names...))
	cmd.Env = append(cmd.Env, "MUTANT="+strconv.Itoa(id))
	defer spent(cmd)
	return cmd.Run() != nil
}
