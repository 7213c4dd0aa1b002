package io.rxsim.bench.architecture;

import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/** One Java file, given as text to the JDK's parser. */
final class SourceFile extends SimpleJavaFileObject {
    private final String path;
    private final String text;
    private final boolean product;

    /**
     * A file.
     *
     * @param path to report
     * @param text its content
     * @param product whether it is shipped: then public types and methods need Javadoc
     */
    SourceFile(String path, String text, boolean product) {
        super(URI.create("string:///" + path), Kind.SOURCE);
        this.path = path;
        this.text = text;
        this.product = product;
    }

    String path() {
        return path;
    }

    String text() {
        return text;
    }

    boolean isProduct() {
        return product;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }
}
