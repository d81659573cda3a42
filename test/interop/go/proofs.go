// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// parseTree reads a checkpoint's text. (x/mod's own reader takes only the Go database's origin.)
func parseTree(text string) (origin string, tree tlog.Tree, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return "", tree, errors.New("no checkpoint")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return "", tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return lines[0], tree, err
}

func formatTree(origin string, tree tlog.Tree) string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, tree.N, tree.Hash)
}

// openTree verifies a checkpoint whose first key is the log's.
func openTree(bytes []byte, vkeys []string) (tlog.Tree, error) {
	opened, err := open(bytes, vkeys)
	if err != nil {
		return tlog.Tree{}, err
	}
	origin, tree, err := parseTree(opened.Text)
	if err != nil {
		return tlog.Tree{}, err
	}
	log, err := note.NewVerifier(vkeys[0])
	if err != nil {
		return tlog.Tree{}, err
	}
	if log.Name() != origin {
		return tlog.Tree{}, fmt.Errorf("origin %q is not the key's name %q", origin, log.Name())
	}
	return tree, nil
}

// hashLines reads hashes up to a blank line; rest is what follows it.
func hashLines(text string) (hashes []tlog.Hash, rest string, err error) {
	for {
		line, after, found := strings.Cut(text, "\n")
		if !found {
			return nil, "", errors.New("no blank line behind the hashes")
		}
		text = after
		if line == "" {
			return hashes, text, nil
		}
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, "", err
		}
		hashes = append(hashes, hash)
	}
}

// cutPrefix is strings.CutPrefix of Go 1.20; Debian 12 has 1.19.
func cutPrefix(text, prefix string) (rest string, found bool) {
	return strings.TrimPrefix(text, prefix), strings.HasPrefix(text, prefix)
}

// field takes a line "WORD VALUE" from the start of a text.
func field(text, word string) (value, rest string, err error) {
	line, rest, _ := strings.Cut(text, "\n")
	value, found := cutPrefix(line, word+" ")
	if !found {
		return "", "", fmt.Errorf("expected %q, got %q", word, line)
	}
	return value, rest, nil
}

// runProof checks that the bytes of a file are in the log, by a tlog-proof.
func runProof(arguments []string) error {
	bytes, err := os.ReadFile(arguments[0])
	if err != nil {
		return err
	}
	entry, err := os.ReadFile(arguments[1])
	if err != nil {
		return err
	}
	text, found := cutPrefix(string(bytes), "c2sp.org/tlog-proof@v1\n")
	if !found {
		return errors.New("no tlog-proof")
	}
	if strings.HasPrefix(text, "extra ") {
		_, text, _ = strings.Cut(text, "\n")
	}
	value, text, err := field(text, "index")
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return err
	}
	hashes, checkpoint, err := hashLines(text)
	if err != nil {
		return err
	}
	tree, err := openTree([]byte(checkpoint), arguments[2:])
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(hashes, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return err
	}
	fmt.Printf("entry %d of %d\n", index, tree.N)
	return nil
}

// runGrowth checks an add-checkpoint request against an older checkpoint.
func runGrowth(arguments []string) error {
	old, err := os.ReadFile(arguments[0])
	if err != nil {
		return err
	}
	request, err := os.ReadFile(arguments[1])
	if err != nil {
		return err
	}
	from, err := openTree(old, arguments[2:])
	if err != nil {
		return err
	}
	value, text, err := field(string(request), "old")
	if err != nil {
		return err
	}
	if value != strconv.FormatInt(from.N, 10) {
		return fmt.Errorf("old is %s, the checkpoint's size %d", value, from.N)
	}
	hashes, checkpoint, err := hashLines(text)
	if err != nil {
		return err
	}
	to, err := openTree([]byte(checkpoint), arguments[2:])
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(hashes, to.N, to.Hash, from.N, from.Hash); err != nil {
		return err
	}
	fmt.Printf("size %d to %d\n", from.N, to.N)
	return nil
}
