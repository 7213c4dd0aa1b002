package io.rxsim.core.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

/** The layout that {@link PaddedLong} is for, asked of the running JVM. */
class PaddedLongTest {
    /** A cache line, and the neighbour that the prefetcher of x86 fetches along. */
    private static final long TWO_LINES = 128;

    @Test
    void shouldKeepTheWordTwoCacheLinesFromBothEnds() throws ReflectiveOperationException {
        long word = offset(PaddedLong.class.getSuperclass().getDeclaredField("word"));
        long end = 0;
        for (Class<?> type = PaddedLong.class; type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    end = Math.max(end, offset(field) + Long.BYTES);
                }
            }
        }
        assertThat(word).isGreaterThanOrEqualTo(TWO_LINES);
        assertThat(end - (word + Long.BYTES)).isGreaterThanOrEqualTo(TWO_LINES);
    }

    @Test
    void shouldAddAndCompareAsANumber() {
        PaddedLong number = new PaddedLong(5);
        assertThat(number.fetchAdd(2)).isEqualTo(5);
        assertThat(number.compareAndSet(7, 9)).isTrue();
        assertThat(number.compareAndSet(7, 11)).isFalse();
        assertThat(number.plain()).isEqualTo(9);
        number.release(1);
        assertThat(number.acquire()).isEqualTo(1);
        number.opaque(2);
        assertThat(number.opaque()).isEqualTo(2);
        number.full(3);
        assertThat(number.full()).isEqualTo(3);
    }

    /** By reflection, since the compiler warns of a direct use. */
    private static long offset(Field field) throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        Method objectFieldOffset = unsafe.getMethod("objectFieldOffset", Field.class);
        return (long) objectFieldOffset.invoke(instance.get(null), field);
    }
}
