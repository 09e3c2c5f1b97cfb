// Answers what BuildKit's own parser, variable expansion and ignore files make of a text.
//
// One JSON request a line on stdin, one JSON answer a line on stdout. Texts are base64, so that any
// bytes come through.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

type request struct {
	Op     string
	Text   []byte
	Escape string
	Env    []string
	Paths  [][]byte
}

type heredoc struct {
	Name, Content []byte
	Expand, Chomp bool
}

type line struct {
	Keyword, Trigger []byte
	JSON             bool
	Start, End       int
	Flags, Values    [][]byte
	Heredocs         []heredoc
	InstructionError string
}

type answer struct {
	Panic    string
	Error    string
	Escape   string
	Syntax   string
	Check    string
	Lines    []line
	Stages   string
	Result   []byte
	Words    [][]byte
	Unset    []string
	Excluded []bool
	Patterns [][]byte
}

func parse(text []byte) (out answer) {
	defer func() {
		if reason := recover(); reason != nil {
			out = answer{Panic: fmt.Sprint(reason)}
		}
	}()
	_, out.Syntax, _, _ = parser.DetectSyntax(text)
	_, out.Check, _, _ = parser.ParseDirective("check", text)
	parsed, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		out.Error = err.Error()
		return out
	}
	out.Escape = string(parsed.EscapeToken)
	for _, node := range parsed.AST.Children {
		out.Lines = append(out.Lines, describe(node))
	}
	if stages, _, err := instructions.Parse(parsed.AST, nil); err != nil {
		out.Stages = err.Error()
	} else if len(stages) == 0 {
		out.Stages = "no stages"
	}
	return out
}

func describe(node *parser.Node) line {
	found := line{Keyword: []byte(node.Value), Start: node.StartLine, End: node.EndLine}
	if _, err := instructions.ParseInstruction(node); err != nil {
		found.InstructionError = err.Error()
	}
	for _, document := range node.Heredocs {
		found.Heredocs = append(found.Heredocs, heredoc{
			[]byte(document.Name), []byte(document.Content), document.Expand, document.Chomp,
		})
	}
	flags := node.Flags
	if node.Next != nil && len(node.Next.Children) > 0 {
		node = node.Next.Children[0]
		found.Trigger = []byte(node.Value)
		flags = append(flags, node.Flags...)
	}
	found.JSON = node.Attributes["json"]
	for _, flag := range flags {
		found.Flags = append(found.Flags, []byte(flag))
	}
	for next := node.Next; next != nil; next = next.Next {
		found.Values = append(found.Values, []byte(next.Value))
	}
	return found
}

func expand(asked request) answer {
	var out answer
	lexer := shell.NewLex([]rune(asked.Escape)[0])
	result, err := lexer.ProcessWordWithMatches(string(asked.Text), shell.EnvsFromSlice(asked.Env))
	if err != nil {
		out.Error = err.Error()
		return out
	}
	out.Result = []byte(result.Result)
	for name := range result.Unmatched {
		out.Unset = append(out.Unset, name)
	}
	for _, word := range result.Words {
		out.Words = append(out.Words, []byte(word))
	}
	return out
}

func ignore(asked request) answer {
	var out answer
	patterns, err := ignorefile.ReadAll(bytes.NewReader(asked.Text))
	if err != nil {
		out.Error = err.Error()
		return out
	}
	for _, pattern := range patterns {
		out.Patterns = append(out.Patterns, []byte(pattern))
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		out.Error = err.Error()
		return out
	}
	for _, path := range asked.Paths {
		// Folder by folder, as the walk that sends the build context asks.
		var excluded bool
		var above patternmatcher.MatchInfo
		for at := 0; at <= len(path); at++ {
			if at < len(path) && path[at] != '/' {
				continue
			}
			excluded, above, err = matcher.MatchesUsingParentResults(string(path[:at]), above)
			if err != nil {
				out.Error = err.Error()
				return out
			}
		}
		out.Excluded = append(out.Excluded, excluded)
	}
	return out
}

func main() {
	input := bufio.NewReaderSize(os.Stdin, 1<<20)
	output := json.NewEncoder(os.Stdout)
	for {
		text, err := input.ReadString('\n')
		if strings.TrimSpace(text) == "" {
			if err != nil {
				return
			}
			continue
		}
		var asked request
		if err := json.Unmarshal([]byte(text), &asked); err != nil {
			panic(err)
		}
		switch asked.Op {
		case "parse":
			_ = output.Encode(parse(asked.Text))
		case "expand":
			_ = output.Encode(expand(asked))
		case "ignore":
			_ = output.Encode(ignore(asked))
		}
	}
}
