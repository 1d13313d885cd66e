package main

import (
	"bytes"
	"context"

	"github.com/spf13/cobra"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/document"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/graph"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/page"
)

// showing is a command that shows a document in one of several formats.
type showing struct {
	input
	formatted
}

func (p program) showing(formats ...string) *showing {
	return &showing{input{program: p}, formatted{output: output{program: p}, formats: formats}}
}

func (s *showing) flags(c *cobra.Command) {
	s.input.flags(c)
	s.formatted.flags(c)
	c.Args = cobra.MaximumNArgs(1)
}

// source is what the command reads, once it is known that it can be shown.
func (s *showing) source(c *cobra.Command, args, command []string) (source, error) {
	if err := s.checked(); err != nil {
		return source{}, err
	}
	return s.read(c.Context(), args, command)
}

// show writes the document in the format; text is the one for a terminal.
func (s *showing) show(ctx context.Context, d document.Document, text func(width int) string) error {
	switch s.format {
	case "text":
		return s.write([]byte(text(s.width)))
	case "markdown":
		return s.write([]byte(d.Markdown()))
	case "json":
		return s.write([]byte(d.JSON()))
	case "mermaid":
		return s.write([]byte(graph.Of(d).Mermaid()))
	}
	picture, err := graph.Of(d).Layout(ctx)
	if err != nil {
		return err
	}
	if s.format == "svg" {
		return s.write([]byte(picture.SVG()))
	}
	html, err := page.HTML(d, picture)
	if err != nil {
		return err
	}
	return s.write(html)
}

func (p program) planCommand() *cobra.Command {
	s := p.showing("text", "markdown", "json", "html")
	c := &cobra.Command{
		Use:   "plan [FILE|-|STACK]",
		Short: "Shows the grants to come: who, role, where, why, when; and what becomes of each",
		Long: "Shows what a deployment will do to the grants: what is new, changed, replaced, gone and unchanged; each with identity, role,\n" +
			"resource, reason, and whether it comes before or after the cluster. FILE is what \"pulumi preview --json --show-sames\" wrote,\n" +
			"- is the standard input. Without a file aksid runs the preview.",
		RunE: func(c *cobra.Command, args []string) error {
			read, err := s.source(c, args, preview)
			if err != nil {
				return err
			}
			plan, err := read.preview()
			if err != nil {
				return err
			}
			d := document.OfPreview(plan)
			if err := s.show(c.Context(), d, d.Plan); err != nil || len(d.Errors) == 0 {
				return err
			}
			return errTold
		},
	}
	s.flags(c)
	return c
}

func (p program) reportCommand() *cobra.Command {
	s := p.showing("text", "markdown", "json", "html")
	c := &cobra.Command{
		Use:   "report [FILE|-|STACK]",
		Short: "Shows the identities of a stack's clusters as they are, and what each may do",
		Long: "Shows the identities of the clusters in a stack (control plane, kubelet, add-ons, workloads), who made them, and their roles\n" +
			"with scopes and reasons. FILE is what \"pulumi stack export\" wrote, - is the standard input. Without a file aksid runs the export.",
		RunE: func(c *cobra.Command, args []string) error {
			read, err := s.source(c, args, export)
			if err != nil {
				return err
			}
			e, err := estate.ReadState(bytes.NewReader(read.text))
			if err != nil {
				return err
			}
			d := document.OfState(e)
			return s.show(c.Context(), d, d.Report)
		},
	}
	s.flags(c)
	return c
}

func (p program) graphCommand() *cobra.Command {
	s := p.showing("svg", "html", "mermaid")
	c := &cobra.Command{
		Use:   "graph [FILE|-|STACK]",
		Short: "Draws identities, their roles, and the resources on which they have them",
		Long: "Draws the identities of a stack, the roles of each, and where it has them. FILE is what \"pulumi stack export\" or\n" +
			"\"pulumi preview --json\" wrote, - is the standard input. Without a file aksid runs the export.",
		RunE: func(c *cobra.Command, args []string) error {
			read, err := s.source(c, args, export)
			if err != nil {
				return err
			}
			e, plan, err := read.either()
			switch {
			case err != nil:
				return err
			case plan != nil:
				return s.show(c.Context(), document.OfPreview(plan), nil)
			default:
				return s.show(c.Context(), document.OfState(e), nil)
			}
		},
	}
	s.flags(c)
	return c
}
