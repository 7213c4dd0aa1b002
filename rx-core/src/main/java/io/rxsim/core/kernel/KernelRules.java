package io.rxsim.core.kernel;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of one kernel version: which of the behaviours listed in {@link Rule} are in force.
 *
 * <p>Two eras are modelled: {@link #V6_18} (Linux 6.18) and {@link #V2_6_35} (the kernel of the April 2010 articles, the
 * first with RPS and RFS), and for padata {@link #V2_6_34}, the first with it. Immutable; any thread.
 */
public final class KernelRules {
    /** Linux 6.18. */
    public static final KernelRules V6_18 = new KernelRules(
            "v6.18",
            EnumSet.of(
                    Rule.PORT_PARITY,
                    Rule.RPS_NEEDED_SWITCH,
                    Rule.UPPER_BIT_CHECK,
                    Rule.TAIL_CHECK,
                    Rule.SLOT_BY_HASH_32,
                    Rule.HEAD_ONCE_PER_POLL,
                    Rule.FLOW_DISSECTOR,
                    Rule.GRO_BUCKETS,
                    Rule.TAIL_LOSS_PROBE,
                    Rule.SOFTIRQ_TIME_LIMIT,
                    Rule.STRICT_SETTINGS,
                    Rule.FLOW_LIMIT,
                    Rule.DEVICE_RUNNING_TEST,
                    Rule.DEAD_CPU_DUTIES_MOVE,
                    Rule.PADATA_REORDER,
                    Rule.PADATA_SHELLS,
                    Rule.SOFTNET_STAT_OF_15,
                    Rule.DEVICE_RX_DROPPED,
                    Rule.RECORD_AT_ACCEPT,
                    Rule.ACCELERATED_RFS),
            EnumSet.noneOf(Rule.class));

    /** Linux 2.6.35. */
    public static final KernelRules V2_6_35 = new KernelRules(
            "v2.6.35",
            EnumSet.of(
                    Rule.TAIL_CHECK,
                    Rule.HASH_CHANGE_EMPTIES_ENTRY,
                    Rule.SCHED_CLEARED_EARLY,
                    Rule.SQUEEZE_BEFORE_POLL,
                    Rule.WAKE_TO_WAKER,
                    Rule.NEWIDLE_RATE_LIMIT,
                    Rule.INITIAL_RTO_3S,
                    Rule.PADATA_REORDER),
            EnumSet.noneOf(Rule.class));

    /**
     * Linux 2.6.34, the first with padata. It has neither RPS nor RFS; what else it does is taken to be as in 2.6.35.
     */
    public static final KernelRules V2_6_34 = new KernelRules(
            "v2.6.34",
            EnumSet.of(
                    Rule.SCHED_CLEARED_EARLY,
                    Rule.SQUEEZE_BEFORE_POLL,
                    Rule.WAKE_TO_WAKER,
                    Rule.NEWIDLE_RATE_LIMIT,
                    Rule.INITIAL_RTO_3S,
                    Rule.PADATA_REORDER,
                    Rule.PADATA_LIMIT_PER_CPU),
            EnumSet.noneOf(Rule.class));

    private static final List<KernelRules> ALL = List.of(V6_18, V2_6_35, V2_6_34);

    private final String version;
    private final EnumSet<Rule> inForce;
    private final EnumSet<Rule> ablated;

    private KernelRules(String version, EnumSet<Rule> inForce, EnumSet<Rule> ablated) {
        this.version = version;
        this.inForce = inForce;
        this.ablated = ablated;
    }

    /**
     * The rules of a version.
     *
     * @param version {@code v6.18}, {@code v2.6.35} or {@code v2.6.34}
     * @throws IllegalArgumentException for any other version, naming the known ones
     */
    public static KernelRules of(String version) {
        for (KernelRules rules : ALL) {
            if (rules.version.equals(version)) {
                return rules;
            }
        }
        throw new IllegalArgumentException("kernel=" + version + " is not modelled, allowed are " + versions());
    }

    /** The modelled versions, newest first. */
    public static List<String> versions() {
        return ALL.stream().map(KernelRules::version).toList();
    }

    /** The version these rules come from, for example {@code v6.18}. */
    public String version() {
        return version;
    }

    /** Whether the kernel has RPS and RFS; they came with 2.6.35. */
    public boolean hasRps() {
        return !version.equals(V2_6_34.version);
    }

    /** Whether a rule is in force. */
    public boolean has(Rule rule) {
        return inForce.contains(rule);
    }

    /** The rules that were switched off against the kernel's behaviour, in declaration order; empty for a real kernel. */
    public Set<Rule> ablated() {
        return Collections.unmodifiableSet(ablated);
    }

    /**
     * These rules with one switched off.
     *
     * @throws IllegalArgumentException if this version does not have the rule
     */
    public KernelRules without(Rule rule) {
        if (!has(rule)) {
            throw new IllegalArgumentException("rule=" + rule.label() + " is not in force in " + version);
        }
        EnumSet<Rule> rest = EnumSet.copyOf(inForce);
        rest.remove(rule);
        EnumSet<Rule> off = EnumSet.copyOf(ablated);
        off.add(rule);
        return new KernelRules(version, rest, off);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(version);
        for (Rule rule : ablated) {
            text.append(" without ").append(rule.label());
        }
        return text.toString();
    }
}
