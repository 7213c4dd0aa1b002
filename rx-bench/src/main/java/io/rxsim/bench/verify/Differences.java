package io.rxsim.bench.verify;

/** The first column of a row in which the model's answer is another; blank truths are not compared. One row, one thread. */
final class Differences {
    private final RecordedRow row;
    private String first;

    Differences(RecordedRow row) {
        this.row = row;
    }

    /** A number. */
    Differences of(String column, int modelled) {
        if (row.isBlank(column)) {
            return this;
        }
        return of(column, Integer.toString(row.number(column, Integer.MIN_VALUE, Integer.MAX_VALUE)), "" + modelled);
    }

    /** A text. */
    Differences of(String column, String recorded, String modelled) {
        if (first == null && !recorded.equals(modelled)) {
            first = column + " is " + recorded + ", the model gives " + modelled;
        }
        return this;
    }

    /** What differs first, or null. */
    String first() {
        return first;
    }
}
