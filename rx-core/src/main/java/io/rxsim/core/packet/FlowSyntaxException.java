package io.rxsim.core.packet;

/** A flow or an address as text that is not one: says where, what is wrong, and what is allowed. */
public final class FlowSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int column;

    FlowSyntaxException(int column, String message) {
        super("column " + column + ": " + message);
        this.column = column;
    }

    /**
     * Returns where the text is wrong.
     *
     * @return column of the first wrong character, from 1; one behind the end if something is missing there
     */
    public int column() {
        return column;
    }
}
