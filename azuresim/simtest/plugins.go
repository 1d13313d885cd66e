package simtest

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/blang/semver"

	"github.com/pulumi/pulumi/pkg/v3/pluginstorage"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
)

// noPlugins tells the engine that every plugin is installed, so that it looks for none on the machine and downloads
// none.
type noPlugins struct{}

var errNoPlugins = errors.New("simtest installs no plugins; serve the provider with simtest.WithProvider")

func (noPlugins) HasPlugin(context.Context, workspace.PluginDescriptor) bool { return true }

func (noPlugins) HasPluginGTE(context.Context, workspace.PluginDescriptor) (bool, *semver.Version, error) {
	return true, nil, nil
}

func (noPlugins) GetLatestVersion(context.Context, workspace.PluginDescriptor) (*semver.Version, error) {
	return nil, errNoPlugins
}

func (noPlugins) GetPlugins(context.Context) ([]workspace.PluginInfo, error) { return nil, nil }

func (noPlugins) GetPluginPath(
	context.Context, diag.Sink, workspace.PluginDescriptor, []workspace.ProjectPlugin,
) (string, error) {
	return "", errNoPlugins
}

func (noPlugins) DownloadPlugin(
	context.Context, workspace.PluginDescriptor, func(io.ReadCloser, int64) io.ReadCloser,
	func(error, int, int, time.Duration),
) (io.ReadCloser, int64, error) {
	return nil, 0, errNoPlugins
}

func (noPlugins) InstallPlugin(
	context.Context, workspace.PluginDescriptor, pluginstorage.Content, bool,
) error {
	return errNoPlugins
}
