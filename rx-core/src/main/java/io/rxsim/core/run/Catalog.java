package io.rxsim.core.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Members of a family by name, in order of registration. An unknown name is an error that lists the near ones.
 *
 * @param <F> what makes a member
 */
public final class Catalog<F> {
    private final String family;
    private final Map<String, F> members = new LinkedHashMap<>();

    /** An empty catalog; {@code family} names it in errors, for example {@code steering}. */
    public Catalog(String family) {
        this.family = family;
    }

    /** Adds a member. */
    public Catalog<F> with(String name, F member) {
        if (members.putIfAbsent(name, member) != null) {
            throw new IllegalArgumentException(family + "=" + name + " is registered twice");
        }
        return this;
    }

    /**
     * The member with a name.
     *
     * @throws IllegalArgumentException for an unknown name; the message lists what is allowed and the nearest
     */
    public F get(String name) {
        F member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException(family + "=" + name + " is unknown" + NearNames.hint(name, names()));
        }
        return member;
    }

    /** All names in order of registration. */
    public List<String> names() {
        return new ArrayList<>(members.keySet());
    }
}
