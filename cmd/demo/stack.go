package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const stackName = "demo"

// newStack makes an empty stack whose state, settings and Pulumi home are in folder, and whose azure-native provider is
// the server on port.
func (d demo) newStack(ctx context.Context, folder, project string, program pulumi.RunFunc, port int) (auto.Stack, error) {
	dirs, err := makeDirs(folder, "home", "project", "state", filepath.Join("cli", "bin"))
	if err != nil {
		return auto.Stack{}, err
	}
	command, err := d.command(filepath.Join(folder, "cli"))
	if err != nil {
		return auto.Stack{}, err
	}
	stack, err := auto.UpsertStackInlineSource(ctx, stackName, project, program,
		auto.Pulumi(command),
		auto.PulumiHome(dirs["home"]),
		auto.WorkDir(dirs["project"]),
		auto.Project(workspace.Project{
			Name:    tokens.PackageName(project),
			Runtime: workspace.NewProjectRuntimeInfo("go", nil),
		}),
		auto.EnvVars(environment(dirs["state"], port)))
	if err != nil {
		return auto.Stack{}, fmt.Errorf("making a stack: %w", err)
	}
	return stack, nil
}

// configure sets the configuration of the program.
func configure(ctx context.Context, stack auto.Stack, settings map[string]string) error {
	values := auto.ConfigMap{}
	for key, value := range settings {
		values[key] = auto.ConfigValue{Value: value}
	}
	if err := stack.SetAllConfig(ctx, values); err != nil {
		return fmt.Errorf("setting the configuration: %w", err)
	}
	return nil
}

// environment is what the CLI has to know. It overrides what the user's own environment says about backend and secrets,
// for a demo must not touch the user's Pulumi account.
func environment(state string, port int) map[string]string {
	return map[string]string{
		"PULUMI_BACKEND_URL":            "file://" + filepath.ToSlash(state),
		"PULUMI_CONFIG_PASSPHRASE":      "demo",
		"PULUMI_CONFIG_PASSPHRASE_FILE": "",
		// The provider is attached, so the engine neither looks for a plugin nor downloads one.
		"PULUMI_DEBUG_PROVIDERS":                      "azure-native:" + strconv.Itoa(port),
		"PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
		"PULUMI_SKIP_UPDATE_CHECK":                    "true",
		// Nobody resumes a demo, so the state need not be written after each step.
		"PULUMI_SKIP_CHECKPOINTS": "true",
	}
}

// command makes the CLI known to the Automation API, which takes it from a folder named bin.
func (d demo) command(root string) (auto.PulumiCommand, error) {
	if d.cli == "" {
		if _, err := exec.LookPath("pulumi"); err != nil {
			return nil, errors.New("no Pulumi CLI: PULUMI_BIN is not set and there is no pulumi on the PATH; " +
				"`make demo` finds or builds one")
		}
		return auto.NewPulumiCommand(nil)
	}
	path, err := filepath.Abs(d.cli)
	if err != nil {
		return nil, fmt.Errorf("PULUMI_BIN: %w", err)
	}
	if err := os.Symlink(path, filepath.Join(root, "bin", "pulumi")); err != nil {
		return nil, fmt.Errorf("PULUMI_BIN: %w", err)
	}
	command, err := auto.NewPulumiCommand(&auto.PulumiCommandOptions{Root: root})
	if err != nil {
		return nil, fmt.Errorf("PULUMI_BIN=%s: %w", d.cli, err)
	}
	return command, nil
}

// makeDirs makes folders below folder and returns their paths.
func makeDirs(folder string, names ...string) (map[string]string, error) {
	dirs := make(map[string]string, len(names))
	for _, name := range names {
		dirs[name] = filepath.Join(folder, name)
		if err := os.MkdirAll(dirs[name], 0o700); err != nil {
			return nil, fmt.Errorf("making a temporary folder: %w", err)
		}
	}
	return dirs, nil
}
