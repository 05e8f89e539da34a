// Judges traffic by NetworkPolicies with cyclonus' matcher: questions as JSON on standard input, answers on standard output.
// The cyclonus command itself answers in drawn tables, and reads no more than the first document of a file.
package main

import (
	"encoding/json"
	"log"
	"os"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	networkingv1 "k8s.io/api/networking/v1"
)

type question struct {
	Policies []*networkingv1.NetworkPolicy
	Traffic  []*matcher.Traffic
}

// Whether the source's policies let the traffic out, and the destination's let it in.
type verdict struct {
	Out bool `json:"out"`
	In  bool `json:"in"`
}

func main() {
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	var questions []question
	if err := decoder.Decode(&questions); err != nil {
		log.Fatal(err)
	}
	answers := make([][]verdict, 0, len(questions))
	for _, each := range questions {
		policy := matcher.BuildNetworkPolicies(false, each.Policies)
		verdicts := make([]verdict, 0, len(each.Traffic))
		for _, traffic := range each.Traffic {
			result := policy.IsTrafficAllowed(traffic)
			verdicts = append(verdicts, verdict{Out: result.Egress.IsAllowed(), In: result.Ingress.IsAllowed()})
		}
		answers = append(answers, verdicts)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}
