package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
)

// show prints the simulated Azure of a state file as three tables.
func show(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("show", flag.ContinueOnError)
	path := flags.String("state", "", "`file` that keeps the simulated Azure")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *path == "" {
		return errors.New("show needs -state FILE")
	}
	cloud, err := azuresim.Load(*path)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	showResources(w, cloud)
	names := showIdentities(w, cloud)
	showGrants(w, cloud, names)
	return w.Flush()
}

func showResources(w io.Writer, cloud *azuresim.Cloud) {
	fmt.Fprintln(w, "RESOURCE\tTYPE\tSTATE")
	for _, r := range cloud.Resources() {
		if r.Type != azuresim.RoleAssignmentType {
			fmt.Fprintf(w, "%s\t%s\t%s\n", r.ID, r.Type, provisioningState(r.Body))
		}
	}
}

func provisioningState(body map[string]any) string {
	properties, _ := body["properties"].(map[string]any)
	state, _ := properties["provisioningState"].(string)
	return state
}

func showIdentities(w io.Writer, cloud *azuresim.Cloud) map[string]string {
	names := map[string]string{}
	fmt.Fprintln(w, "\nIDENTITY\tPRINCIPAL\tTYPE")
	for _, p := range cloud.Principals() {
		names[p.ID] = p.Name
		if !p.Deleted {
			fmt.Fprintf(w, "%s\t%s\t%s\n", p.Name, p.ID, p.Type)
		}
	}
	return names
}

func showGrants(w io.Writer, cloud *azuresim.Cloud, names map[string]string) {
	fmt.Fprintln(w, "\nGRANTED TO\tROLE\tSCOPE\tREMARK")
	for _, a := range cloud.RoleAssignments() {
		name := names[a.PrincipalID]
		if name == "" {
			name = a.PrincipalID
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", name, a.Role.Name, a.Scope, remark(a))
	}
}

func remark(a azuresim.RoleAssignment) string {
	switch {
	case a.Orphan:
		return "orphan: the identity does not exist any more"
	case !a.Effective:
		return "not effective yet"
	default:
		return a.Description
	}
}
