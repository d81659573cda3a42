// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// c2spPath is the path of a tile in C2SP tlog-tiles: x/mod's without the height, and "entries" for
// its "data".
func c2spPath(tile tlog.Tile) string {
	path := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight))
	return "tile/" + strings.Replace(path, "data/", "entries/", 1)
}

// tilesOf is the tiles of a tree. (x/mod's NewTiles also gives the partial tiles of smaller trees.)
func tilesOf(size int64) (tiles []tlog.Tile) {
	for level, hashes := 0, size; hashes > 0; level, hashes = level+1, hashes>>tileHeight {
		for n := int64(0); n*tileWidth < hashes; n++ {
			width := hashes - n*tileWidth
			if width > tileWidth {
				width = tileWidth
			}
			tiles = append(tiles, tlog.Tile{H: tileHeight, L: level, N: n, W: int(width)})
		}
	}
	return tiles
}

// folder is a published log. It serves tiles to x/mod, which checks them against the tree.
type folder string

func (f folder) Height() int { return tileHeight }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		bytes, err := f.read(tile)
		if err != nil {
			return nil, err
		}
		if len(bytes) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s: %d bytes", c2spPath(tile), len(bytes))
		}
		all = append(all, bytes)
	}
	return all, nil
}

func (f folder) read(tile tlog.Tile) ([]byte, error) {
	return os.ReadFile(filepath.Join(string(f), c2spPath(tile)))
}

func (f folder) write(path string, bytes []byte) error {
	full := filepath.Join(string(f), path)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	return os.WriteFile(full, bytes, 0o644)
}

// entries reads the entry bundles of a tree.
func (f folder) entries(size int64) ([][]byte, error) {
	var all [][]byte
	for n := int64(0); n*tileWidth < size; n++ {
		width := size - n*tileWidth
		if width > tileWidth {
			width = tileWidth
		}
		bundle := tlog.Tile{H: tileHeight, L: -1, N: n, W: int(width)}
		bytes, err := f.read(bundle)
		if err != nil {
			return nil, err
		}
		for i := int64(0); i < width; i++ {
			if len(bytes) < 2 || len(bytes)-2 < int(binary.BigEndian.Uint16(bytes)) {
				return nil, errors.New(c2spPath(bundle) + " ends early")
			}
			end := 2 + int(binary.BigEndian.Uint16(bytes))
			all = append(all, bytes[2:end])
			bytes = bytes[end:]
		}
		if len(bytes) != 0 {
			return nil, errors.New(c2spPath(bundle) + " goes on")
		}
	}
	return all, nil
}

// stored is every hash of a log in x/mod's order.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, index := range indexes {
		hashes = append(hashes, s[index])
	}
	return hashes, nil
}

func storedOf(entries [][]byte) (stored, error) {
	var all stored
	for i, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(i), entry, all)
		if err != nil {
			return nil, err
		}
		all = append(all, hashes...)
	}
	return all, nil
}

// runTiles checks a published log whole: the entries give the root, and every tile belongs to it.
func runTiles(arguments []string) error {
	f := folder(arguments[0])
	checkpoint, err := os.ReadFile(filepath.Join(arguments[0], "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := openTree(checkpoint, arguments[1:])
	if err != nil {
		return err
	}
	entries, err := f.entries(tree.N)
	if err != nil {
		return err
	}
	all, err := storedOf(entries)
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(tree.N, all)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("the entries give root %s, the checkpoint has %s", root, tree.Hash)
	}
	reader := tlog.TileHashReader(tree, f)
	for i := int64(0); i < tree.N; i++ {
		index := tlog.StoredHashIndex(0, i)
		hashes, err := reader.ReadHashes([]int64{index})
		if err != nil {
			return err
		}
		if hashes[0] != all[index] {
			return fmt.Errorf("entry %d is not the leaf of its tile", i)
		}
	}
	for _, tile := range tilesOf(tree.N) {
		expected, err := tlog.ReadTileData(tile, all)
		if err != nil {
			return err
		}
		bytes, err := f.read(tile)
		if err != nil {
			return err
		}
		if string(bytes) != string(expected) {
			return errors.New(c2spPath(tile) + " has other hashes")
		}
	}
	fmt.Printf("%d entries\n", tree.N)
	return nil
}

// runMakeLog publishes a log of entries "entry 0", "entry 1" and on.
func runMakeLog(arguments []string) error {
	f := folder(arguments[0])
	count, err := strconv.ParseInt(arguments[3], 10, 64)
	if err != nil {
		return err
	}
	var entries [][]byte
	for i := int64(0); i < count; i++ {
		entries = append(entries, []byte(fmt.Sprintf("entry %d", i)))
	}
	all, err := storedOf(entries)
	if err != nil {
		return err
	}
	for _, tile := range tilesOf(count) {
		bytes, err := tlog.ReadTileData(tile, all)
		if err != nil {
			return err
		}
		if err := f.write(c2spPath(tile), bytes); err != nil {
			return err
		}
		if tile.L != 0 {
			continue
		}
		var bundle []byte
		for _, entry := range entries[tile.N*tileWidth:][:tile.W] {
			bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(entry)))
			bundle = append(bundle, entry...)
		}
		tile.L = -1
		if err := f.write(c2spPath(tile), bundle); err != nil {
			return err
		}
	}
	root, err := tlog.TreeHash(count, all)
	if err != nil {
		return err
	}
	signer, err := logSigner(arguments[1], arguments[2])
	if err != nil {
		return err
	}
	text := formatTree(arguments[1], tlog.Tree{N: count, Hash: root})
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return err
	}
	return f.write("checkpoint", signed)
}

// published reads a log of make-log, believing it.
func published(path string) (checkpoint string, tree tlog.Tree, all stored, err error) {
	bytes, err := os.ReadFile(filepath.Join(path, "checkpoint"))
	if err != nil {
		return "", tree, nil, err
	}
	if _, tree, err = parseTree(string(bytes)); err != nil {
		return "", tree, nil, err
	}
	entries, err := folder(path).entries(tree.N)
	if err != nil {
		return "", tree, nil, err
	}
	all, err = storedOf(entries)
	return string(bytes), tree, all, err
}

func printHashes(hashes []tlog.Hash) {
	for _, hash := range hashes {
		fmt.Println(hash)
	}
}

// runMakeProof prints a tlog-proof of one entry.
func runMakeProof(arguments []string) error {
	checkpoint, tree, all, err := published(arguments[0])
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(arguments[1], 10, 64)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveRecord(tree.N, index, all)
	if err != nil {
		return err
	}
	fmt.Printf("c2sp.org/tlog-proof@v1\nindex %d\n", index)
	printHashes(proof)
	fmt.Print("\n" + checkpoint)
	return nil
}

// runMakeGrowth prints an add-checkpoint request from an older size.
func runMakeGrowth(arguments []string) error {
	checkpoint, tree, all, err := published(arguments[0])
	if err != nil {
		return err
	}
	old, err := strconv.ParseInt(arguments[1], 10, 64)
	if err != nil {
		return err
	}
	var proof tlog.TreeProof
	if old > 0 {
		if proof, err = tlog.ProveTree(tree.N, old, all); err != nil {
			return err
		}
	}
	fmt.Printf("old %d\n", old)
	printHashes(proof)
	fmt.Print("\n" + checkpoint)
	return nil
}
