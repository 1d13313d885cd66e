package azuresim

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// state is the content of a state file. Planned misbehaviour, the hook, the log and the deployer's grants are options of
// the process and are not in it.
type state struct {
	Format           int                         `json:"format"`
	Resources        []*resource                 `json:"resources"` // sorted by id
	Principals       []*Principal                `json:"principals"`
	Generations      map[string]int              `json:"generations"`
	Subscriptions    map[string]string           `json:"subscriptions"`
	ManagementGroups map[string]string           `json:"managementGroups"`
	Placements       map[string]string           `json:"placements"`
	Pending          map[string]int              `json:"pending"`
	Unseen           map[string]int              `json:"unseen"`
	Works            map[string]time.Time        `json:"works"`
	Appears          map[string]time.Time        `json:"appears"`
	Now              time.Time                   `json:"now"`
	Sequence         int                         `json:"sequence"`
	Deleted          map[string]*deletedResource `json:"deleted,omitempty"` // what Azure keeps
}

const stateFormat = 1

// Save writes the cloud to a file. Equal clouds give equal files, and the file is either the old or the new one, never a
// half.
func (c *Cloud) Save(path string) error {
	content, err := c.snapshot()
	if err != nil {
		return fmt.Errorf("saving the cloud: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp")
	if err != nil {
		return fmt.Errorf("saving the cloud: %w", err)
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fmt.Errorf("saving the cloud: %w", err)
	}
	return nil
}

func (c *Cloud) snapshot() ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := state{Format: stateFormat, Generations: c.generations, Subscriptions: c.subscriptions,
		ManagementGroups: c.managementGroups, Placements: c.placements, Pending: c.pending, Unseen: c.unseen,
		Sequence: c.sequence, Deleted: c.deleted, Works: c.works, Appears: c.appears, Now: c.clock.Now()}
	for _, k := range slices.Sorted(maps.Keys(c.resources)) {
		s.Resources = append(s.Resources, c.resources[k])
	}
	for _, k := range slices.Sorted(maps.Keys(c.principals)) {
		s.Principals = append(s.Principals, c.principals[k])
	}
	content, err := json.MarshalIndent(s, "", "  ")
	return append(content, '\n'), err
}

// Load reads a cloud that Save wrote. Options are those of New.
func Load(path string, opts ...Option) (*Cloud, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("loading the cloud: %w", err)
	}
	var s state
	if err := json.Unmarshal(content, &s); err != nil {
		return nil, fmt.Errorf("loading the cloud from %s: %w", path, err)
	}
	if s.Format != stateFormat {
		return nil, fmt.Errorf("loading the cloud from %s: format %d, this version reads %d", path, s.Format, stateFormat)
	}
	c := New(opts...)
	c.restore(s)
	return c, nil
}

func (c *Cloud) restore(s state) {
	for _, r := range s.Resources {
		c.resources[r.key()] = r
	}
	for _, p := range s.Principals {
		c.principals[key(p.ID)] = p
	}
	copyInto(c.generations, s.Generations)
	copyInto(c.subscriptions, s.Subscriptions)
	copyInto(c.managementGroups, s.ManagementGroups)
	copyInto(c.placements, s.Placements)
	copyInto(c.pending, s.Pending)
	copyInto(c.unseen, s.Unseen)
	copyInto(c.works, s.Works)
	copyInto(c.appears, s.Appears)
	if simulated, ok := c.clock.(*SimulatedClock); ok {
		simulated.Advance(s.Now.Sub(simulated.Now()))
	}
	c.sequence, c.maintained = s.Sequence, s.Now
	copyInto(c.deleted, s.Deleted)
}

func copyInto[V any](to, from map[string]V) {
	for k, v := range from {
		to[k] = v
	}
}
