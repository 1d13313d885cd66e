package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/deployer"
	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
	"github.com/aksidentity/pulumi-aksidentity/plan"
	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// deploying is a call of aksid deployer.
type deploying struct {
	input
	output
	name, have, format, subscription string
	scopes                           []string
	width                            int
}

func (p program) deployerCommand() *cobra.Command {
	d := &deploying{input: input{program: p}, output: output{program: p}}
	c := &cobra.Command{
		Use:   "deployer [FILE|-|STACK]",
		Short: "Tells the rights that whoever deploys needs, as a role to create",
		Long: "Tells the rights that the principal needs that Pulumi signs in as, to deploy, refresh and destroy the stack: as a definition for\n" +
			"\"az role definition create --role-definition @FILE\", or as a table. FILE is what \"pulumi preview --json\" or \"pulumi stack\n" +
			"export\" wrote, - is the standard input. Without a file aksid runs the preview.\n\n" +
			"Whether somebody has the rights cannot be read from a stack. With --have, and what \"az role assignment list --assignee ID --all\n" +
			"--include-inherited --include-groups --output json\" wrote, aksid tells which are missing, and the exit code is then 1.",
		Args: cobra.MaximumNArgs(1),
	}
	c.RunE = func(c *cobra.Command, args []string) error { return d.run(c, args) }
	d.input.flags(c)
	d.output.flags(c)
	c.Flags().StringVarP(&d.format, "format", "f", "json", "json (the role) or text (a table)")
	c.Flags().StringVar(&d.name, "name", "AKS deployer", "the name of the role")
	c.Flags().StringArrayVar(&d.scopes, "scope", nil, "where the role can be assigned; else every subscription that is known")
	c.Flags().StringVar(&d.subscription, "subscription", "", "the subscription in which the provider works, when nothing in the stack tells it")
	c.Flags().StringVar(&d.have, "have", "", "a file with the role assignments of whoever deploys")
	c.Flags().IntVar(&d.width, "width", p.width, "columns of a line, for text")
	return c
}

func (d *deploying) run(c *cobra.Command, args []string) error {
	if d.format != "json" && d.format != "text" {
		return fmt.Errorf("--format %s: there is no such format; give json or text", d.format)
	}
	read, err := d.read(c.Context(), args, preview)
	if err != nil {
		return err
	}
	e, p, err := read.either()
	if err != nil {
		return err
	}
	if p != nil && len(p.Errors) > 0 {
		return fmt.Errorf("the preview failed, so nobody knows what will be deployed: %s", strings.Join(p.Errors, "; "))
	}
	rights, notes := deployer.Rights(e)
	for _, note := range append(slices.Clone(e.Notes), notes...) {
		_, _ = fmt.Fprintln(c.ErrOrStderr(), "Note:", note)
	}
	if len(rights) == 0 {
		return errors.New("there is nothing of azure-native in it, so whoever deploys needs no rights in Azure")
	}
	if d.have != "" {
		return d.compare(e, rights)
	}
	return d.tell(e, rights)
}

// tell writes the rights, as a role or as a table.
func (d *deploying) tell(e *estate.Estate, rights plan.DeployerRights) error {
	if d.format == "text" {
		var rows [][]string
		for _, a := range rights {
			rows = append(rows, []string{a.Action, report.Short(a.Scope.String()), a.Resource + ": " + a.Reason, string(a.Need)})
		}
		return d.write([]byte(report.Table(d.width, []string{"ACTION", "ON", "WHY", "NEED"}, rows...)))
	}
	scopes, err := d.assignable(e, rights)
	if err != nil {
		return err
	}
	definition, err := rights.RoleDefinition(rbac.RoleName(d.name), scopes...)
	if err != nil {
		return err
	}
	return d.write(append(definition, '\n'))
}

// assignable are the scopes that were given, or else the subscriptions that the stack tells.
func (d *deploying) assignable(e *estate.Estate, rights plan.DeployerRights) (scopes []rbac.Scope, err error) {
	for _, text := range d.scopes {
		scope, err := rbac.ParseScope(text)
		if err != nil {
			return nil, fmt.Errorf("--scope: %w", err)
		}
		scopes = append(scopes, scope)
	}
	if len(scopes) > 0 {
		return scopes, nil
	}
	for _, id := range d.subscriptions(e, rights) {
		scope, err := rbac.ParseScope("/subscriptions/" + id)
		if err != nil {
			return nil, fmt.Errorf("--subscription: %w", err)
		}
		scopes = append(scopes, scope)
	}
	if len(scopes) == 0 {
		return nil, errors.New("no subscription is known before the deployment; give --subscription ID, or --scope with the ID of a subscription or a resource group")
	}
	return scopes, nil
}

// subscriptions are those of everything that the stack has or refers to, and the one that was given.
func (d *deploying) subscriptions(e *estate.Estate, rights plan.DeployerRights) (ids []string) {
	add := func(id string) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	add(d.subscription)
	for _, r := range e.Resources {
		if scope, err := rbac.ParseScope(r.ID); err == nil {
			add(scope.SubscriptionID())
		}
	}
	for _, a := range rights {
		add(a.Scope.Scope.SubscriptionID())
	}
	slices.Sort(ids)
	return ids
}

// compare tells which rights are missing.
func (d *deploying) compare(e *estate.Estate, rights plan.DeployerRights) error {
	text, err := os.ReadFile(d.have)
	if err != nil {
		return err
	}
	held, err := deployer.ReadHeld(text, e)
	if err != nil {
		return fmt.Errorf("--have %s: %w", d.have, err)
	}
	subscriptions := d.subscriptions(e, rights)
	if d.subscription == "" && len(subscriptions) != 1 {
		return errors.New("it is not clear in which subscription the provider works; give --subscription ID")
	}
	told, lacks := judge(rights, cmp.Or(d.subscription, subscriptions[0]), held)
	if err := d.write([]byte(told)); err != nil || !lacks {
		return err
	}
	return errTold
}

// judge says which of the needed rights are missing, and which cannot be judged.
func judge(rights plan.DeployerRights, subscription string, held deployer.Held) (told string, lacks bool) {
	missing := rights.Missing(subscription, held.At)
	var unjudged []string
	for _, at := range rights.Needed().Scopes() {
		scope, known := at.In(subscription)
		if known {
			_, known = held.At(scope)
		}
		if !known {
			unjudged = append(unjudged, at.String())
		}
	}
	switch {
	case len(missing) > 0:
		told = plan.ExplainMissing(held.Principal, missing) + "\n"
	case len(unjudged) > 0:
		told = "Nothing is missing where it can be judged.\n"
	default:
		told = "Nothing is missing: the assignments hold every right that the first deployment needs.\n"
	}
	if len(unjudged) > 0 {
		told += "It cannot be judged on " + strings.Join(unjudged, ", ") +
			": the ID is not known yet, or a custom role holds there whose actions are not in the file.\n"
	}
	return told, len(missing) > 0
}
