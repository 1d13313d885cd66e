package main

import (
	"fmt"
	"math"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/contract"
)

// What an hour costs in US dollars, rounded up from the public list prices of West Europe, pay as you go, as remembered in 2026-11:
// nobody here could read the list. Identities, networks, locks and role assignments are free, and so is the control plane of
// a cluster in the tier Free.
const (
	nodeHour     = 0.20 // Standard_D2s_v5 (about 0.12) with its 128 GiB premium disk (about 0.03)
	balancerHour = 0.04 // the load balancer of a cluster and its public address
	registryHour = 0.03 // Standard (about 0.67 a day)
	pricesOf     = "2026-11"
)

// How long things are there, in hours, and how many nodes a cluster has at most.
const (
	clusterHours  = 20.0 / 60
	registryHours = 5.0 / 60
	nodesAtMost   = 2
)

// estimate is the price of a run in US dollars, rounded up to cents.
func estimate(cases []contract.Case) float64 {
	dollars := registryHour * registryHours
	for _, c := range cases {
		if c.Cluster {
			dollars += clusterHours * (nodesAtMost*nodeHour + balancerHour)
		}
	}
	return math.Ceil(dollars*100) / 100
}

func costSentence(cases []contract.Case) string {
	clusters := 0
	for _, c := range cases {
		if c.Cluster {
			clusters++
		}
	}
	made := "Identities, networks, locks and role assignments are free; a registry is there for some minutes."
	if clusters > 0 {
		made += fmt.Sprintf(" %d clusters, one after the other, are there for about %.0f minutes each, with at most %d nodes (Standard_D2s_v5).",
			clusters, clusterHours*60, nodesAtMost)
	}
	return fmt.Sprintf("Estimated cost: %.2f USD (an estimate from list prices of West Europe, %s). %s", estimate(cases), pricesOf, made)
}
