package io.rxsim.bench.jmh;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The rows of a benchmark that {@code --quick} measures, where that is not all of them: each is parameters with their values,
 * {@code "cpus=8 flows=1000"}, and covers every row that has these.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Look {
    /** The rows, at least one. */
    String[] value();
}
