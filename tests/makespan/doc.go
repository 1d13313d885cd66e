// Package makespan measures how long a deployment and its removal take in an Azure that takes its time, and compares both with what
// Azure's own rules force, and with one command of the Azure CLI after the other. All times are simulated.
package makespan
