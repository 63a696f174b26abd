module bench/peers/statechange

go 1.25.0

require github.com/hashicorp/terraform-plugin-sdk/v2 v2.38.1
