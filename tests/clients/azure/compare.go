package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	azurearm "github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armresources"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/contract"
)

// azure is a subscription with the clients signed in to it.
type azure struct {
	surroundings
	settings
	door   door
	groups *armresources.ResourceGroupsClient
}

// connect makes the clients. Nothing is asked yet, not even for a token.
func connect(asked settings, around surroundings) (*azure, error) {
	credential, err := azidentity.NewDefaultAzureCredential(&azidentity.DefaultAzureCredentialOptions{
		ClientOptions: around.client, DisableInstanceDiscovery: around.custom})
	if err != nil {
		return nil, err
	}
	options := &azurearm.ClientOptions{ClientOptions: around.client}
	resources, err := armresources.NewClient(asked.subscription, credential, options)
	if err != nil {
		return nil, err
	}
	groups, err := armresources.NewResourceGroupsClient(asked.subscription, credential, options)
	if err != nil {
		return nil, err
	}
	return &azure{around, asked, door{resources, around.poll}, groups}, nil
}

// compare plays the cases in a new group, prints what differs, and removes the group.
func (a *azure) compare(ctx context.Context) (err error) {
	place := a.place()
	played, leftOut := a.choose(contract.Cases(place))
	a.say("Subscription %s, region %s, resource group %s, which is removed at the end.", a.subscription, a.location, place.Group)
	a.say("%s", costSentence(played))
	for _, line := range leftOut {
		a.say("%s", line)
	}
	if !a.confirmed {
		return errors.New("nothing was made: set AKSID_AZURE=yes to go on")
	}
	defer func() { err = errors.Join(err, a.removeAfterwards(ctx, place)) }()
	if err := a.makeGroup(ctx, place); err != nil {
		return err
	}
	place, err = contract.Prepare(ctx, a.door, place)
	if err != nil {
		return err
	}
	played, _ = a.choose(contract.Cases(place))
	differences, err := a.play(ctx, played)
	a.report(place, differences)
	if err == nil && len(differences) > 0 {
		err = fmt.Errorf("%d answers differ", len(differences))
	}
	return err
}

// choose tells the cases that can be played from those that cannot, with the reasons.
func (a *azure) choose(all []contract.Case) (played []contract.Case, leftOut []string) {
	for _, c := range all {
		switch {
		case c.Simulated != "":
			leftOut = append(leftOut, fmt.Sprintf("left out: %s (%s)", c.Name, c.Simulated))
		case c.Cluster && !a.cluster:
			leftOut = append(leftOut, fmt.Sprintf("left out: %s (AKSID_AZURE_CLUSTER=yes makes clusters)", c.Name))
		default:
			played = append(played, c)
		}
	}
	return played, leftOut
}

func (a *azure) makeGroup(ctx context.Context, place contract.Place) error {
	_, err := a.groups.CreateOrUpdate(ctx, place.Group, armresources.ResourceGroup{Location: &a.location,
		Tags: map[string]*string{tagName: to.Ptr(tagValue)}}, nil)
	if err != nil {
		return fmt.Errorf("making the resource group %s: %w", place.Group, err)
	}
	return nil
}

// play stops when what a case made cannot be deleted, since the next case would find it.
func (a *azure) play(ctx context.Context, cases []contract.Case) ([]contract.Difference, error) {
	var all []contract.Difference
	for _, c := range cases {
		found := c.Play(ctx, a.door, a.patience)
		if ctx.Err() != nil {
			return all, fmt.Errorf("interrupted in %q: %w", c.Name, ctx.Err())
		}
		all = append(all, found...)
		verdict := "agrees"
		if len(found) > 0 {
			verdict = "DIFFERS"
		}
		a.say("%-8s %s: %s", verdict, c.Name, c.Reason)
		if err := c.Clear(ctx, a.door); err != nil {
			return all, fmt.Errorf("clearing %q: %w", c.Name, err)
		}
	}
	return all, nil
}

// report prints differences as lines of a table in Markdown.
func (a *azure) report(place contract.Place, differences []contract.Difference) {
	if len(differences) == 0 {
		return
	}
	short := strings.NewReplacer(azuresim.GroupID(place.Subscription, place.Group)+"/providers/", "", place.Unique, "UNIQUE",
		place.Subscription, "SUBSCRIPTION", place.Tenant, "TENANT", "|", `\|`, "\n", " ")
	a.say("\n| case | step | what | simulator | Azure, %s |\n| --- | --- | --- | --- | --- |", time.Now().UTC().Format(time.DateOnly))
	for _, d := range differences {
		a.say("| %s | %s | %s | %s | %s |", d.Case, short.Replace(d.Step), d.What, short.Replace(d.Want), short.Replace(d.Got))
	}
}

// removalLimit is how long the removal may take after an interrupt. Clusters take some ten minutes.
const removalLimit = 40 * time.Minute

// removeAfterwards removes the group of a place, whatever became of ctx.
func (a *azure) removeAfterwards(ctx context.Context, place contract.Place) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), removalLimit)
	defer cancel()
	a.say("Removing %s.", place.Group)
	if err := a.remove(ctx, place); err != nil {
		return fmt.Errorf("%s IS STILL THERE, and may cost money: remove it with `AKSID_AZURE=yes make clean-azure`: %w", place.Group, err)
	}
	a.say("Removed %s.", place.Group)
	return nil
}

// remove deletes a group with all that is in it; one that is not there is removed. The lock of a case that did not end goes first.
func (a *azure) remove(ctx context.Context, place contract.Place) error {
	if _, err := a.door.Delete(ctx, place.Lock()); err != nil && !isNotFound(err) {
		return err
	}
	poller, err := a.groups.BeginDelete(ctx, place.Group, nil)
	if _, err = ended(ctx, poller, err, a.poll); err != nil && !isNotFound(err) {
		return err
	}
	return nil
}

func isNotFound(err error) bool {
	var e *azuresim.Error
	return errors.As(err, &e) && e.Status == http.StatusNotFound
}

// clean removes the groups of runs that were killed: those with our tag and a name of ours.
func (a *azure) clean(ctx context.Context) error {
	names, err := a.leftovers(ctx)
	if err != nil {
		return err
	}
	a.say("Subscription %s has %d resource groups of earlier runs.", a.subscription, len(names))
	for _, name := range names {
		a.say("%s", name)
	}
	if len(names) > 0 && !a.confirmed {
		return errors.New("nothing was removed: set AKSID_AZURE=yes to go on")
	}
	var all []error
	for _, name := range names {
		if err := a.remove(ctx, contract.Place{Subscription: a.subscription, Group: name}); err != nil {
			all = append(all, fmt.Errorf("removing %s: %w", name, err))
			continue
		}
		a.say("Removed %s.", name)
	}
	return errors.Join(all...)
}

func (a *azure) leftovers(ctx context.Context) ([]string, error) {
	var names []string
	pager := a.groups.NewListPager(&armresources.ResourceGroupsClientListOptions{
		Filter: to.Ptr("tagName eq '" + tagName + "' and tagValue eq '" + tagValue + "'")})
	for pager.More() {
		page, err := pager.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("listing resource groups: %w", err)
		}
		for _, group := range page.Value {
			// The group of a cluster's nodes may carry the tag too, and goes with its cluster.
			if strings.HasPrefix(*group.Name, groupPrefix) {
				names = append(names, *group.Name)
			}
		}
	}
	return names, nil
}
