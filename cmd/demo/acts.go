package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
	"github.com/aksidentity/pulumi-aksidentity/report"
)

// showArticle is the first act: a cluster with a managed identity that touches nothing outside, as in the article.
func (a act) showArticle(ctx context.Context) error {
	a.heading("1. The article's cluster: pulumi up")
	outputs, err := a.up(ctx, nil)
	if err != nil {
		return err
	}
	a.heading("2. Its outputs, its identities, its kubeconfig")
	if err := a.showOutputs(outputs); err != nil {
		return err
	}
	a.table(identityHeader, identityRows(identitiesIn(a.world.cloud.Resources())))
	a.say("In its node resource group AKS itself gives the cluster what it needs. Nothing else was granted: this cluster touches " +
		"nothing else.")
	a.heading("3. pulumi up once more: nothing may change")
	if _, err := a.up(ctx, changes{}); err != nil {
		return err
	}
	a.say("Nothing changed.")
	a.heading("4. May it use what other teams made?")
	if err := a.ask(rbac.Deny, a.world.questions()...); err != nil {
		return err
	}
	a.heading("5. pulumi destroy")
	return a.takeDown(ctx)
}

// showOutside is the second act: the same cluster, and what other teams made.
func (a act) showOutside(ctx context.Context) error {
	a.heading("6. The same cluster with things outside: pulumi preview, before anything exists")
	planned, err := a.preview(ctx)
	if err != nil {
		return err
	}
	if len(planned) == 0 {
		return errors.New("the preview shows no grants")
	}
	if err := a.world.asItWas(); err != nil {
		return fmt.Errorf("after preview: %w", err)
	}
	a.say("Nothing exists yet, neither the cluster nor an identity. The preview has told the grants with their reasons; here are all %d as a table:", len(planned))
	a.table(plannedHeader, plannedRows(planned))
	a.say("ON is the program's own name for a resource. The principal of workloads is the control plane: the program delegates to it " +
		"what only Services and volumes will name.")
	a.heading("7. pulumi up")
	outputs, err := a.up(ctx, nil)
	if err != nil {
		return err
	}
	a.heading("8. Its outputs, its identities, and the grants as Azure has them now")
	if err := a.showOutputs(outputs); err != nil {
		return err
	}
	if err := a.showGrants(len(planned)); err != nil {
		return err
	}
	if err := a.drawPictures(ctx); err != nil {
		return err
	}
	a.heading("9. The proof: the questions of part 4 once more")
	if err := a.ask(rbac.Allow, a.world.questions()...); err != nil {
		return err
	}
	a.heading("10. Somebody deletes a grant behind Pulumi's back")
	if err := a.loseAndRestore(ctx, a.world.questions()[0]); err != nil {
		return err
	}
	a.heading("13. pulumi destroy")
	return a.takeDown(ctx)
}

// showOutputs lists the outputs, and wants a kubeconfig among them that is secret.
func (a act) showOutputs(outputs auto.OutputMap) error {
	a.table([]string{"OUTPUT", "VALUE"}, outputRows(outputs))
	kubeconfig := outputs["kubeconfig"]
	text, _ := kubeconfig.Value.(string)
	if !kubeconfig.Secret || !strings.Contains(text, "apiVersion: v1") {
		return errors.New("the output kubeconfig is not a secret kubeconfig")
	}
	a.say("The kubeconfig is there (%d bytes). It is a secret: encrypted in the state, never printed.", len(text))
	return nil
}

// showGrants lists who holds what now, and wants as many grants as were planned.
func (a act) showGrants(planned int) error {
	resources := a.world.cloud.Resources()
	grants := grantsIn(resources)
	a.table(identityHeader, identityRows(identitiesIn(resources)))
	a.table(grantHeader, grantRows(grants))
	if len(grants) != planned {
		return fmt.Errorf("the preview planned %d grants, and Azure has %d", planned, len(grants))
	}
	a.say("%d were planned, %d exist.", planned, len(grants))
	return nil
}

// loseAndRestore deletes the grant behind a question, sees that the cluster lacks it, and lets Pulumi bring it back.
func (a act) loseAndRestore(ctx context.Context, q question) error {
	grant, err := a.world.grantBehind(q)
	if err != nil {
		return err
	}
	if !a.world.cloud.DeleteAssignment(grant.ID) {
		return fmt.Errorf("the grant %s cannot be deleted", report.Short(grant.ID))
	}
	a.say("Deleted in Azure: %s on %s.", grant.Role.Name, report.Short(grant.Scope.String()))
	if err := a.ask(rbac.Deny, q); err != nil {
		return err
	}
	a.heading("11. pulumi refresh: one grant is found missing")
	if err := a.refresh(ctx, changes{"delete": 1}); err != nil {
		return err
	}
	a.heading("12. pulumi up: it is made again, and nothing else")
	if _, err := a.up(ctx, changes{"create": 1}); err != nil {
		return err
	}
	return a.ask(rbac.Allow, a.world.questions()...)
}

// takeDown destroys the stack, and wants Azure as it was.
func (a act) takeDown(ctx context.Context) error {
	if err := a.destroy(ctx); err != nil {
		return err
	}
	if err := a.world.asItWas(); err != nil {
		return fmt.Errorf("after destroy: %w", err)
	}
	a.say("Azure is as it was: the %d resources of other teams (with their groups and the network) are unchanged, and there is "+
		"nothing else.", len(a.world.before))
	return nil
}
