package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/contract"
)

// surroundings are what a run meets outside; tests have others.
type surroundings struct {
	getenv   func(string) string
	out      io.Writer
	poll     time.Duration // between two questions about a long operation
	patience contract.Patience
	client   policy.ClientOptions // the zero value: the public cloud
	custom   bool                 // client names another cloud, which nobody but we know
}

// say prints a line. That a terminal cannot be written to is no reason to leave resources behind.
func (s surroundings) say(format string, args ...any) {
	_, _ = fmt.Fprintf(s.out, format+"\n", args...)
}

// settings are what the environment asks for.
type settings struct {
	subscription, location, nodeSize string
	confirmed, cluster               bool
}

func (s surroundings) settings() (settings, error) {
	out := settings{
		subscription: s.getenv("AZURE_SUBSCRIPTION_ID"),
		location:     or(s.getenv("AKSID_AZURE_LOCATION"), "westeurope"),
		nodeSize:     or(s.getenv("AKSID_AZURE_NODE_SIZE"), "Standard_D2s_v5"),
		confirmed:    s.getenv("AKSID_AZURE") == "yes",
		cluster:      s.getenv("AKSID_AZURE_CLUSTER") == "yes",
	}
	if out.subscription == "" {
		return out, fmt.Errorf("AZURE_SUBSCRIPTION_ID is not set: it names the subscription to make resources in; " +
			"`az account show --query id` prints yours")
	}
	return out, nil
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// groupPrefix begins the name of every group that a run makes, and with the tag it tells what may be removed.
const groupPrefix = "aksid-contract-"

const (
	tagName  = "purpose"
	tagValue = "aksidentity-contract"
)

// place has a new random name.
func (s settings) place() contract.Place {
	random := make([]byte, 4)
	_, _ = rand.Read(random) // never fails
	unique := hex.EncodeToString(random)
	return contract.Place{Subscription: s.subscription, Group: groupPrefix + unique, Location: s.location, NodeSize: s.nodeSize,
		Unique: unique}
}

func run(ctx context.Context, args []string, around surroundings) int {
	if err := perform(ctx, args, around); err != nil {
		around.say("%v", err)
		return 1
	}
	return 0
}

func perform(ctx context.Context, args []string, around surroundings) error {
	asked, err := around.settings()
	if err != nil {
		return err
	}
	azure, err := connect(asked, around)
	if err != nil {
		return err
	}
	switch {
	case len(args) == 0:
		return azure.compare(ctx)
	case len(args) == 1 && args[0] == "clean":
		return azure.clean(ctx)
	default:
		return fmt.Errorf("%q is not known: no argument plays the cases, \"clean\" removes what killed runs left", args)
	}
}
