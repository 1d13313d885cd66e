package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// fileCloud is a simulated Azure in a file. Each operation reads the file and writes it back, so that several plugin
// processes (the CLI starts one for each provider instance) may share it; a lock file keeps them apart.
type fileCloud struct {
	path    string
	options []azuresim.Option
	mu      sync.Mutex
}

const (
	lockPause = 2 * time.Millisecond
	lockStale = 30 * time.Second // a lock that old belongs to a process that was killed
)

func (f *fileCloud) Get(ctx context.Context, id string) (azuresim.Response, error) {
	return f.do(ctx, func(c *azuresim.Cloud) (azuresim.Response, error) { return c.Get(ctx, id) })
}

func (f *fileCloud) Put(ctx context.Context, id string, body map[string]any) (azuresim.Response, error) {
	return f.do(ctx, func(c *azuresim.Cloud) (azuresim.Response, error) { return c.Put(ctx, id, body) })
}

func (f *fileCloud) Delete(ctx context.Context, id string) (azuresim.Response, error) {
	return f.do(ctx, func(c *azuresim.Cloud) (azuresim.Response, error) { return c.Delete(ctx, id) })
}

func (f *fileCloud) Post(
	ctx context.Context, id, action string, body map[string]any,
) (azuresim.Response, error) {
	return f.do(ctx, func(c *azuresim.Cloud) (azuresim.Response, error) { return c.Post(ctx, id, action, body) })
}

// ClientConfig does not depend on the state.
func (f *fileCloud) ClientConfig() azuresim.ClientConfig { return azuresim.New().ClientConfig() }

// do runs one operation on the cloud in the file. A failed operation is saved too: it may have been accepted.
func (f *fileCloud) do(
	ctx context.Context, op func(*azuresim.Cloud) (azuresim.Response, error),
) (azuresim.Response, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	unlock, err := f.lock(ctx)
	if err != nil {
		return azuresim.Response{}, err
	}
	defer unlock()
	cloud, err := f.load()
	if err != nil {
		return azuresim.Response{}, err
	}
	answer, opErr := op(cloud)
	if err := cloud.Save(f.path); err != nil {
		return azuresim.Response{}, err
	}
	return answer, opErr
}

func (f *fileCloud) load() (*azuresim.Cloud, error) {
	cloud, err := azuresim.Load(f.path, f.options...)
	if errors.Is(err, fs.ErrNotExist) {
		return azuresim.New(f.options...), nil
	}
	return cloud, err
}

// lock makes the lock file, and waits while another process has it.
func (f *fileCloud) lock(ctx context.Context) (func(), error) {
	name := f.path + ".lock"
	for {
		file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			return func() { _ = os.Remove(name) }, file.Close()
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("locking the simulated Azure: %w", err)
		}
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > lockStale {
			_ = os.Remove(name)
			continue
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(lockPause):
		}
	}
}
