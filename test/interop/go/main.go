// SPDX-License-Identifier: Apache-2.0

// Command peer reads and makes signed notes, checkpoints, proofs and tiles with the note and tlog
// packages of golang.org/x/mod: another implementation, for octroi to be checked against.
// How it is built and called: ../README.md.
package main

import (
	"fmt"
	"os"
)

type command struct {
	usage string
	run   func(arguments []string) error
	least int // arguments
}

var commands = map[string]command{
	"vkey":        {"vkey NAME WORD [log|witness]", runVkey, 2},
	"note":        {"note NOTE VKEY...", runNote, 2},
	"sign":        {"sign TEXT NAME WORD", runSign, 3},
	"cosign":      {"cosign CHECKPOINT NAME WORD SECONDS", runCosign, 4},
	"proof":       {"proof PROOF ENTRY LOG-VKEY [WITNESS-VKEY...]", runProof, 3},
	"growth":      {"growth OLD-CHECKPOINT REQUEST LOG-VKEY", runGrowth, 3},
	"tiles":       {"tiles FOLDER LOG-VKEY", runTiles, 2},
	"make-log":    {"make-log FOLDER NAME WORD COUNT", runMakeLog, 4},
	"make-proof":  {"make-proof FOLDER INDEX", runMakeProof, 2},
	"make-growth": {"make-growth FOLDER OLD-SIZE", runMakeGrowth, 2},
}

func main() {
	if len(os.Args) < 2 {
		fail(2, "usage: peer COMMAND ARGUMENT...")
	}
	chosen, known := commands[os.Args[1]]
	if !known {
		fail(2, "no such command: "+os.Args[1])
	}
	arguments := os.Args[2:]
	if len(arguments) < chosen.least {
		fail(2, "usage: peer "+chosen.usage)
	}
	if err := chosen.run(arguments); err != nil {
		fail(1, err.Error())
	}
}

func fail(code int, message string) {
	fmt.Fprintln(os.Stderr, "peer: "+message)
	os.Exit(code)
}
