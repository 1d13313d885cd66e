package matrix_test

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
)

// TestMatrix runs the cases and prints how they ended.
func TestMatrix(t *testing.T) {
	choice := chosen(t)
	all, without := cases(t, choice)
	sample := choice.take(all)
	if len(sample) == 0 {
		t.Fatalf("no case has %q in its name", choice.only)
	}
	outcomes := playAll(t, sample)
	rows := map[string]*row{}
	for i, o := range sample {
		for _, name := range []string{o.fault.name, "all"} {
			if rows[name] == nil {
				rows[name] = &row{}
			}
			rows[name].add(outcomes[i])
		}
		for _, problem := range outcomes[i].problems {
			t.Errorf("%s\n%s", o, problem)
		}
	}
	t.Log("\n" + table(rows) + told(choice, len(sample), len(all), without))
}

func playAll(t *testing.T, sample []one) []outcome {
	t.Helper()
	outcomes := make([]outcome, len(sample))
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for i := range next {
				outcomes[i] = sample[i].play(t)
			}
		}()
	}
	for i := range sample {
		next <- i
	}
	close(next)
	workers.Wait()
	return outcomes
}

// row counts the cases of a fault.
type row struct {
	cases, repaired, left, lost, duplicated, wrong int
	byRun                                          [mostRuns]int
}

func (r *row) add(o outcome) {
	r.cases++
	bad := map[string]int{}
	for _, problem := range o.problems {
		switch {
		case strings.HasPrefix(problem, "lost"):
			bad["lost"] = 1
		case strings.HasPrefix(problem, "duplicated"):
			bad["duplicated"] = 1
		default:
			bad["wrong"] = 1
		}
	}
	r.lost, r.duplicated, r.wrong = r.lost+bad["lost"], r.duplicated+bad["duplicated"], r.wrong+bad["wrong"]
	switch {
	case len(o.problems) > 0:
	case len(o.repairs) > 0:
		r.repaired++
	default:
		r.byRun[o.runs-1]++
	}
	if len(o.left) > 0 {
		r.left++
	}
}

func table(rows map[string]*row) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 4, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "what goes wrong\tcases\t1st run\t2nd run\t3rd run\trepaired by the named command\tleft behind, named, removed\tlost\tduplicated\twrong")
	names := make([]string, 0, len(faults)+1)
	for _, f := range faults {
		names = append(names, f.name)
	}
	for _, name := range append(names, "all") {
		if r := rows[name]; r != nil {
			_, _ = fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n",
				name, r.cases, r.byRun[0], r.byRun[1], r.byRun[2], r.repaired, r.left, r.lost, r.duplicated, r.wrong)
		}
	}
	_ = w.Flush()
	return b.String()
}

// told is what was run and what was not.
func told(c choice, ran, all int, without leftOut) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d cases were run", ran, all)
	if ran < all && c.only == "" {
		fmt.Fprintf(&b, ", chosen by seed %d; the others were left out by sampling (AKSID_MATRIX=all, AKSID_MATRIX_SEED)", c.seed)
	}
	b.WriteString(".\nLeft out because they cannot happen:\n")
	for _, reason := range slices.Sorted(maps.Keys(without)) {
		fmt.Fprintf(&b, "  %d times %s\n", without[reason], reason)
	}
	return b.String()
}
