package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/audit"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/azure"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
)

// codeUnread is the exit code of an audit that could not be made; 1 tells findings, 0 that there is nothing to say.
const codeUnread = 2

// unread is the error of an audit that could not be made.
type unread struct{ error }

func (u unread) Unwrap() error { return u.error }

func asUnread(err error) error {
	if err == nil {
		return nil
	}
	return unread{err}
}

// auditing is one call of the command audit.
type auditing struct {
	input
	formatted
	subscription string
	// access is how Azure is reached.
	access func() (azure.Access, error)
}

func (p program) auditCommand() *cobra.Command {
	a := &auditing{
		input: input{program: p}, access: defaultAccess,
		formatted: formatted{output: output{program: p}, formats: []string{"text", "json", "sarif", "markdown"}},
	}
	c := &cobra.Command{
		Use:   "audit [FILE|-|STACK]",
		Short: "Judges the rights of the clusters' identities: what is missing, too much, or left behind",
		Long: "Judges the rights of the identities of AKS clusters, whoever made them: which are covered, missing, beyond need, held by the wrong\n" +
			"identity, or left behind. FILE is what \"pulumi stack export\" wrote, - is the standard input. Without a file aksid runs the export;\n" +
			"with --subscription it reads Azure instead, with the credentials of the Azure CLI or of the environment, and changes nothing.\n\n" +
			"The exit code is 0 when there is nothing to say, 1 when there are findings, and 2 when the source could not be read.",
		// A call that cannot be understood must not look like one that found something.
		Args: func(c *cobra.Command, args []string) error { return asUnread(cobra.MaximumNArgs(1)(c, args)) },
		RunE: func(c *cobra.Command, args []string) error { return a.run(c.Context(), args) },
	}
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return asUnread(err) })
	a.input.flags(c)
	a.formatted.flags(c)
	c.Flags().StringVar(&a.subscription, "subscription", "", "the ID of a subscription in Azure to audit instead of a stack")
	return c
}

// defaultAccess is that of whoever is signed in: environment, workload identity, managed identity, Azure CLI.
func defaultAccess() (azure.Access, error) {
	credential, err := azidentity.NewDefaultAzureCredential(nil)
	return azure.Access{Credential: azcore.TokenCredential(credential)}, err
}

func (a *auditing) run(ctx context.Context, args []string) error {
	if err := a.checked(); err != nil {
		return unread{err}
	}
	e, source, err := a.source(ctx, args)
	if err != nil {
		return unread{err}
	}
	report, err := audit.Of(e, source)
	if err != nil {
		return unread{err}
	}
	if err := a.tell(report); err != nil {
		return unread{err}
	}
	if len(report.Findings) > 0 {
		return errTold
	}
	return nil
}

// source reads a stack, or a subscription.
func (a *auditing) source(ctx context.Context, args []string) (*estate.Estate, audit.Source, error) {
	if a.subscription == "" {
		read, err := a.read(ctx, args, export)
		if err != nil {
			return nil, audit.Source{}, err
		}
		e, err := estate.ReadState(bytes.NewReader(read.text))
		return e, audit.Source{}, err
	}
	if len(args) > 0 || a.stack != "" || a.folder != "" {
		return nil, audit.Source{}, errors.New("give either --subscription, or a stack in a file, --stack or --cwd")
	}
	if uuid.Validate(a.subscription) != nil {
		return nil, audit.Source{}, fmt.Errorf("--subscription %q is not the ID of a subscription: az account list shows them", a.subscription)
	}
	access, err := a.access()
	if err != nil {
		return nil, audit.Source{}, err
	}
	return azure.Read(ctx, a.subscription, access)
}

func (a *auditing) tell(r audit.Report) error {
	switch a.format {
	case "json":
		return a.write([]byte(r.JSON()))
	case "markdown":
		return a.write([]byte(r.Markdown()))
	case "sarif":
		text, err := r.SARIF()
		if err != nil {
			return err
		}
		return a.write(text)
	default:
		return a.write([]byte(r.Text(a.width)))
	}
}
