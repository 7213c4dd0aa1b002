package io.rxsim.core.cost;

/** The price of a piece of work on one machine. Pure: same arguments, same cost; any thread. */
public interface CostModel {
    /**
     * The cost of a stage.
     *
     * @param stage what is done
     * @param cpu the CPU that does it
     * @param previousCpu the CPU that touched the stage's lines last; {@code cpu} where nothing moves
     * @param lengthBytes bytes handled, for stages that copy or touch them; 0 otherwise
     * @return nanoseconds, 0 or more
     */
    long costNs(Stage stage, int cpu, int previousCpu, int lengthBytes);
}
