"""How fast servers take orders, ours beside others, under the same workload."""
