package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// readSurvivors reads the list of changes that may go unnoticed: a line that names the change, then indented lines with the reason.
func readSurvivors(name string) (map[string]string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return parseSurvivors(name, string(text))
}

func parseSurvivors(name, text string) (map[string]string, error) {
	listed, key := map[string]string{}, ""
	for i, line := range strings.Split(text, "\n") {
		words := strings.TrimSpace(line)
		switch {
		case words == "" || strings.HasPrefix(line, "#"):
		case words != line && key == "":
			return nil, fmt.Errorf("%s:%d: a reason without a change above it", name, i+1)
		case words != line:
			listed[key] = strings.TrimSpace(listed[key] + " " + words)
		default:
			key = words
			if _, twice := listed[key]; twice {
				return nil, fmt.Errorf("%s:%d: listed twice: %s", name, i+1, key)
			}
			listed[key] = ""
		}
	}
	for key, reason := range listed {
		if reason == "" {
			return nil, fmt.Errorf("%s: no reason below: %s", name, key)
		}
	}
	return listed, nil
}

// score counts the changes to a room.
type score struct{ all, impossible, constant, leftOut, noticed, survived int }

func (s score) part() float64 { return float64(s.noticed) / float64(max(s.noticed+s.survived, 1)) }

func scores(mutants []*mutant) map[string]score {
	by := map[string]score{}
	for _, m := range mutants {
		s := by[m.room.name]
		s.all++
		switch m.outcome {
		case impossib:
			s.impossible++
		case fixed:
			s.constant++
		case leftOut:
			s.leftOut++
		case noticed:
			s.noticed++
		case survived:
			s.survived++
		}
		by[m.room.name] = s
	}
	return by
}

func table(mutants []*mutant) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s %8s %11s %12s %9s %8s %9s %7s\n", "room", "changes", "impossible", "in constants", "left out", "noticed", "survived", "score")
	by := scores(mutants)
	for _, r := range rooms {
		if s, tried := by[r.name]; tried {
			fmt.Fprintf(&b, "%-12s %8d %11d %12d %9d %8d %9d %6.1f%%\n", r.name, s.all, s.impossible, s.constant, s.leftOut, s.noticed, s.survived, 100*s.part())
		}
	}
	return b.String()
}

// leaveOut keeps a sample of the changes to a room.
func leaveOut(mutants []*mutant) {
	for _, r := range rooms {
		var open []*mutant
		for _, m := range mutants {
			if m.room.name == r.name && m.outcome == untried {
				open = append(open, m)
			}
		}
		if r.sample == 0 || len(open) <= r.sample {
			continue
		}
		slices.SortFunc(open, func(a, b *mutant) int { return strings.Compare(a.lot(), b.lot()) })
		for _, m := range open[r.sample:] {
			m.outcome = leftOut
		}
	}
}

// leaveOutUnlisted keeps the changes that are listed as survivors.
func leaveOutUnlisted(mutants []*mutant, listed map[string]string) {
	for _, m := range mutants {
		if _, known := listed[m.key()]; !known && m.outcome == untried {
			m.outcome = leftOut
		}
	}
}

// lot is what decides whether the change is in the sample.
func (m *mutant) lot() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", seed, m.key()))
	return hex.EncodeToString(sum[:])
}

// aboutSamples says what was left out.
func aboutSamples(mutants []*mutant, o options) string {
	if o.listed {
		return "Only listed survivors were tried."
	}
	var said []string
	by := scores(mutants)
	for _, r := range rooms {
		if s := by[r.name]; s.leftOut > 0 {
			said = append(said, fmt.Sprintf("Of the %d changes to %s that are possible %d were tried, chosen with seed %d.", s.noticed+s.survived+s.leftOut, r.name, s.noticed+s.survived, seed))
		}
	}
	return strings.Join(said, " ")
}

// judge compares the survivors with the list.
func judge(mutants []*mutant, listed map[string]string, o options) error {
	var fresh, stale []string
	left := maps.Clone(listed)
	maps.DeleteFunc(left, func(key, _ string) bool { return !strings.HasPrefix(key, o.only) })
	for _, m := range mutants {
		_, known := listed[m.key()]
		delete(left, m.key())
		switch {
		case m.outcome == survived && !known:
			fresh = append(fresh, m.key())
		case m.outcome != survived && m.outcome != leftOut && known:
			stale = append(stale, m.key())
		}
	}
	return errors.Join(
		complaint("no test notices these changes: write a test, or list them with the reason in", o.survivors, fresh),
		complaint("these are noticed by now: take them out of", o.survivors, stale),
		complaint("there are no such changes any more: take them out of", o.survivors, slices.Sorted(maps.Keys(left))),
		tooFew(mutants, o))
}

func complaint(what, file string, keys []string) error {
	if len(keys) == 0 {
		return nil
	}
	return fmt.Errorf("%s %s:\n%s", what, file, strings.Join(keys, "\n"))
}

// tooFew tells of rooms with too low a score; of a part of a room it tells nothing.
func tooFew(mutants []*mutant, o options) error {
	var errs []error
	by := scores(mutants)
	for _, r := range rooms {
		if s, tried := by[r.name]; tried && o.only == "" && !o.listed && s.part() < o.least {
			errs = append(errs, fmt.Errorf("%s: fewer than %.0f%% of the changes are noticed", r.name, 100*o.least))
		}
	}
	return errors.Join(errs...)
}
