// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

const (
	typeLog     = 1
	typeWitness = 4
)

// keyOf is the key of a word: the same that octroi-testkey makes.
func keyOf(word string) ed25519.PrivateKey {
	seed := sha256.Sum256([]byte(word))
	return ed25519.NewKeyFromSeed(seed[:])
}

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey {
	return key.Public().(ed25519.PublicKey)
}

func keyHash(name string, material []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), material...))
	return binary.BigEndian.Uint32(sum[:])
}

func material(kind byte, key []byte) []byte {
	return append([]byte{kind}, key...)
}

func vkey(name string, kind byte, key ed25519.PublicKey) string {
	bytes := material(kind, key)
	return fmt.Sprintf("%s+%08x+%s", name, keyHash(name, bytes), base64.StdEncoding.EncodeToString(bytes))
}

// logSigner is x/mod's own signer.
func logSigner(name, word string) (note.Signer, error) {
	key := keyOf(word)
	hash := keyHash(name, material(typeLog, publicOf(key)))
	seed := base64.StdEncoding.EncodeToString(material(typeLog, key.Seed()))
	return note.NewSigner(fmt.Sprintf("PRIVATE+KEY+%s+%08x+%s", name, hash, seed))
}

// witness checks and makes cosignature/v1, which x/mod does not know.
type witness struct {
	name    string
	hash    uint32
	public  ed25519.PublicKey
	private ed25519.PrivateKey
	seconds uint64
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.hash }

func cosigned(seconds uint64, text []byte) []byte {
	return append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", seconds)), text...)
}

func (w *witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	seconds := binary.BigEndian.Uint64(signature)
	return ed25519.Verify(w.public, cosigned(seconds, text), signature[8:])
}

func (w *witness) Sign(text []byte) ([]byte, error) {
	signature := binary.BigEndian.AppendUint64(nil, w.seconds)
	return append(signature, ed25519.Sign(w.private, cosigned(w.seconds, text))...), nil
}

// verifier reads a vkey of a log, by x/mod, or of a witness.
func verifier(text string) (note.Verifier, error) {
	if log, err := note.NewVerifier(text); err == nil {
		return log, nil
	}
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("no vkey: " + text)
	}
	hash, err := hex.DecodeString(parts[1])
	if err != nil || len(hash) != 4 {
		return nil, errors.New("no key id: " + text)
	}
	bytes, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(bytes) != 33 || bytes[0] != typeWitness {
		return nil, errors.New("no key of a witness: " + text)
	}
	w := &witness{name: parts[0], hash: keyHash(parts[0], bytes), public: bytes[1:]}
	if w.hash != binary.BigEndian.Uint32(hash) {
		return nil, errors.New("another key id: " + text)
	}
	return w, nil
}

// open verifies a note; every one of the keys must have signed it.
func open(bytes []byte, vkeys []string) (*note.Note, error) {
	var verifiers []note.Verifier
	for _, text := range vkeys {
		one, err := verifier(text)
		if err != nil {
			return nil, err
		}
		verifiers = append(verifiers, one)
	}
	opened, err := note.Open(bytes, note.VerifierList(verifiers...))
	if err != nil {
		return nil, err
	}
	if len(opened.Sigs) != len(vkeys) {
		return nil, fmt.Errorf("%d of %d keys signed", len(opened.Sigs), len(vkeys))
	}
	return opened, nil
}

func runVkey(arguments []string) error {
	kind := byte(typeLog)
	if len(arguments) > 2 && arguments[2] == "witness" {
		kind = typeWitness
	}
	fmt.Println(vkey(arguments[0], kind, publicOf(keyOf(arguments[1]))))
	return nil
}

// runNote prints who signed.
func runNote(arguments []string) error {
	bytes, err := os.ReadFile(arguments[0])
	if err != nil {
		return err
	}
	opened, err := open(bytes, arguments[1:])
	if err != nil {
		return err
	}
	for _, signature := range opened.Sigs {
		fmt.Printf("signed by %s+%08x\n", signature.Name, signature.Hash)
	}
	return nil
}

// runSign prints the text in a file as a signed note.
func runSign(arguments []string) error {
	text, err := os.ReadFile(arguments[0])
	if err != nil {
		return err
	}
	signer, err := logSigner(arguments[1], arguments[2])
	if err != nil {
		return err
	}
	signed, err := note.Sign(&note.Note{Text: string(text)}, signer)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(signed)
	return err
}

// runCosign prints the signature line of a witness that believes everything.
func runCosign(arguments []string) error {
	bytes, err := os.ReadFile(arguments[0])
	if err != nil {
		return err
	}
	seconds, err := strconv.ParseUint(arguments[3], 10, 63)
	if err != nil {
		return err
	}
	split := strings.LastIndex(string(bytes), "\n\n")
	if split < 0 {
		return errors.New("no checkpoint")
	}
	key := keyOf(arguments[2])
	name := arguments[1]
	w := &witness{name, keyHash(name, material(typeWitness, publicOf(key))), publicOf(key), key, seconds}
	text := string(bytes[:split+1])
	signed, err := note.Sign(&note.Note{Text: text}, w)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(signed[len(text)+1:])
	return err
}
