/* libyaml's words, as they are. */
#include "doc/yaml_error.h"

void nl_yaml_explain(nl_tree *t, const nl_yaml_refusal *r) {
    nl_tree_fail(t, NL_YAML_SYNTAX, nl_span_of(r->at, r->at + 1), "%s", r->problem);
}
