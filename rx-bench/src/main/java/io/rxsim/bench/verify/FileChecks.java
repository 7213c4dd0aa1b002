package io.rxsim.bench.verify;

import io.rxsim.core.run.Catalog;

/** The recordings that are covered, by file name without its ending. A new one is a class and a line here. */
final class FileChecks {
    private FileChecks() {}

    static Catalog<FileCheck.Factory> catalog() {
        return new Catalog<FileCheck.Factory>("recording")
                .with("rps_decisions", RpsDecisionsCheck::new)
                .with("rps_multiqueue", RpsMultiqueueCheck::new)
                .with("rps_loopback", RpsLoopbackCheck::new)
                .with("rps_hash_relations", RpsHashRelationsCheck::new)
                .with("rps_flows", RpsFlowsCheck::new)
                .with("ports_reserved_writes", PortsReservedWritesCheck::new)
                .with("ports_range_writes", PortsRangeWritesCheck::new)
                .with("ports_explicit", PortsExplicitCheck::new)
                .with("ports_exhaustion", PortsExhaustionCheck::new)
                .with("ports_first_choice", PortsFirstChoiceCheck::new)
                .with("ports_first_choice_summary", PortsFirstChoiceSummaryCheck::new)
                .with("ports_connect_sequence", PortsConnectSequenceCheck::new)
                .with("rfs_follow", RfsFollowCheck::new)
                .with("rfs_fuzz", RfsFuzzCheck::new)
                .with("rfs_fuzz_backlog", RfsFuzzBacklogCheck::new)
                .with("rfs_dev_slot", RfsDevSlotCheck::new)
                .with("rfs_head_advance", RfsHeadAdvanceCheck::new)
                .with("rfs_calls", RfsCallsCheck::new)
                .with("rfs_blocked_recv", RfsBlockedRecvCheck::new)
                .with("softnet_backlog_drops", SoftnetBacklogDropsCheck::new)
                .with("softnet_flow_limit", SoftnetFlowLimitCheck::new)
                .with(SoftnetFlowLimitPacketsCheck.NAME, SoftnetFlowLimitPacketsCheck::new)
                .with("softnet_napi_polls", SoftnetNapiPollsCheck::new)
                .with("softnet_plain_bursts", SoftnetPlainBurstsCheck::new)
                .with("softnet_columns", SoftnetColumnsCheck::new)
                .with("rps_socket_hash", RpsSocketHashCheck::new)
                .with("rps_tx_tap", RpsTxTapCheck::new)
                .with("rfs_fuzz_backlog_order", RfsFuzzBacklogOrderCheck::new)
                .with("rfs_backlog", RfsBacklogCheck::new)
                .with("rfs_backlog_summary", RfsBacklogSummaryCheck::new)
                .with("rfs_load_summary", RfsLoadSummaryCheck::new)
                .with("rfs_load_moves", RfsLoadMovesCheck::new)
                .with("sysctl_readback", SysctlReadbackCheck::new);
    }
}
