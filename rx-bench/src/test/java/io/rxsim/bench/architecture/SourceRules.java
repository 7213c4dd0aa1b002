package io.rxsim.bench.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The rules on source text that class files no longer show: lengths, Javadoc, names, left-overs. Reads with the JDK's own parser. */
final class SourceRules {
    static final int FILE_LINES = 400;
    static final int METHOD_LINES = 60;
    static final int PARAMETERS = 6;

    private static final Pattern LEFT_OVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern COMMENTED_OUT = Pattern.compile("^\\s*//.*[;{}]\\s*$");
    private static final Pattern SYNONYM = Pattern.compile(".*(Manager|Helper|Util|Utils)$");
    private static final Pattern GETTER = Pattern.compile("get[A-Z].*");
    private static final String SLEEP = "Thread." + "sleep(";

    private SourceRules() {}

    /**
     * Checks one Java file.
     *
     * @param file name to report
     * @param text its content
     * @param product whether it is shipped: then public types and methods need Javadoc
     * @return violations, {@code file:line: what}; empty if none
     */
    static List<String> violations(String file, String text, boolean product) {
        List<String> violations = new ArrayList<>();
        String[] lines = text.split("\n");
        if (lines.length > FILE_LINES) {
            violations.add(file + ":" + lines.length + ": file of more than " + FILE_LINES + " lines");
        }
        for (int i = 0; i < lines.length; i++) {
            String at = file + ":" + (i + 1) + ": ";
            if (LEFT_OVER.matcher(lines[i]).find()) {
                violations.add(at + "left-over mark");
            }
            if (COMMENTED_OUT.matcher(lines[i]).matches()) {
                violations.add(at + "commented-out code");
            }
            if (lines[i].contains(SLEEP)) {
                violations.add(at + "sleeps");
            }
        }
        parse(file, text, product, violations);
        return violations;
    }

    private static void parse(String file, String text, boolean product, List<String> violations) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        JavacTask task =
                (JavacTask) compiler.getTask(null, null, problem -> {}, List.of("-proc:none"), null, List.of(source));
        DocTrees trees = DocTrees.instance(task);
        try {
            for (CompilationUnitTree unit : task.parse()) {
                new Scan(file, unit, trees, product, violations).scan(unit, null);
            }
        } catch (IOException e) {
            throw new IllegalStateException("file=" + file, e);
        }
    }

    /** One walk over a parsed file. */
    private static final class Scan extends TreePathScanner<Void, Void> {
        private final String file;
        private final CompilationUnitTree unit;
        private final DocTrees trees;
        private final boolean product;
        private final List<String> violations;
        private boolean isHidden;

        Scan(String file, CompilationUnitTree unit, DocTrees trees, boolean product, List<String> violations) {
            this.file = file;
            this.unit = unit;
            this.trees = trees;
            this.product = product;
            this.violations = violations;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            boolean outerHidden = isHidden;
            boolean inInterface = isMemberOfInterface();
            boolean isPublic = inInterface || type.getModifiers().getFlags().contains(Modifier.PUBLIC);
            isHidden = outerHidden || !isPublic || type.getSimpleName().length() == 0;
            if (!isHidden) {
                requireJavadoc(type, "type " + type.getSimpleName());
            }
            if (SYNONYM.matcher(type.getSimpleName()).matches()) {
                report(type, "name " + type.getSimpleName() + " says nothing");
            }
            super.visitClass(type, null);
            isHidden = outerHidden;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            ModifiersTree modifiers = method.getModifiers();
            long start = lineOf(trees.getSourcePositions().getStartPosition(unit, method));
            long lines = lineOf(trees.getSourcePositions().getEndPosition(unit, method)) - start + 1;
            if (lines > METHOD_LINES) {
                report(method, "method " + method.getName() + " of more than " + METHOD_LINES + " lines");
            }
            if (method.getParameters().size() > PARAMETERS && !isCanonicalConstructor(method)) {
                report(method, "method " + method.getName() + " of more than " + PARAMETERS + " parameters");
            }
            boolean overrides = modifiers.getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            boolean isPublic = isMemberOfInterface() || modifiers.getFlags().contains(Modifier.PUBLIC);
            if (!isHidden && isPublic && !overrides && !isCanonicalConstructor(method)) {
                requireJavadoc(method, "method " + method.getName());
            }
            if (product
                    && !overrides
                    && isPublic
                    && !isHidden
                    && GETTER.matcher(method.getName()).matches()) {
                report(method, "accessor " + method.getName() + " with get");
            }
            return super.visitMethod(method, null);
        }

        @Override
        public Void visitAnnotation(AnnotationTree annotation, Void unused) {
            if (annotation.getAnnotationType().toString().endsWith("Disabled")) {
                report(annotation, "disabled test");
            }
            return super.visitAnnotation(annotation, null);
        }

        private void requireJavadoc(Tree tree, String what) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (product && comment == null) {
                report(tree, what + " without Javadoc");
            }
        }

        private boolean isMemberOfInterface() {
            Tree parent = getCurrentPath().getParentPath() == null
                    ? null
                    : getCurrentPath().getParentPath().getLeaf();
            return parent != null
                    && (parent.getKind() == Tree.Kind.INTERFACE || parent.getKind() == Tree.Kind.ANNOTATION_TYPE);
        }

        /** A record's components, however many, are its state; the compact constructor repeats them. */
        private boolean isCanonicalConstructor(MethodTree method) {
            return method.getName().contentEquals("<init>")
                    && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        }

        private void report(Tree tree, String what) {
            violations.add(file + ":" + lineOf(trees.getSourcePositions().getStartPosition(unit, tree)) + ": " + what);
        }

        private long lineOf(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
