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
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
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
     * Checks Java files, all in one run of the parser.
     *
     * @param files to check
     * @return violations, {@code path:line: what}; empty if none
     */
    static List<String> violations(List<SourceFile> files) {
        List<String> violations = new ArrayList<>();
        Map<URI, SourceFile> byUri = new LinkedHashMap<>();
        for (SourceFile file : files) {
            byUri.put(file.toUri(), file);
            checkLines(file, violations);
        }
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problem -> {}, List.of("-proc:none"), null, files);
        DocTrees trees = DocTrees.instance(task);
        try {
            for (CompilationUnitTree unit : task.parse()) {
                new Scan(byUri.get(unit.getSourceFile().toUri()), unit, trees, violations).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return violations;
    }

    private static void checkLines(SourceFile file, List<String> violations) {
        String[] lines = file.text().split("\n");
        if (lines.length > FILE_LINES) {
            violations.add(file.path() + ":" + lines.length + ": file of more than " + FILE_LINES + " lines");
        }
        for (int i = 0; i < lines.length; i++) {
            String at = file.path() + ":" + (i + 1) + ": ";
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
    }

    /** One walk over a parsed file. */
    private static final class Scan extends TreePathScanner<Void, Void> {
        private final SourceFile file;
        private final CompilationUnitTree unit;
        private final DocTrees trees;
        private final List<String> violations;
        private boolean isHidden;

        Scan(SourceFile file, CompilationUnitTree unit, DocTrees trees, List<String> violations) {
            this.file = file;
            this.unit = unit;
            this.trees = trees;
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
            boolean overrides = isAnnotated(modifiers, "Override");
            long start = lineOf(trees.getSourcePositions().getStartPosition(unit, method));
            long lines = lineOf(trees.getSourcePositions().getEndPosition(unit, method)) - start + 1;
            if (lines > METHOD_LINES) {
                report(method, "method " + method.getName() + " of more than " + METHOD_LINES + " lines");
            }
            if (method.getParameters().size() > PARAMETERS
                    && !isCanonicalConstructor(method)
                    && !isAnnotated(modifiers, "ParameterizedTest")) {
                report(method, "method " + method.getName() + " of more than " + PARAMETERS + " parameters");
            }
            boolean isPublic = isMemberOfInterface() || modifiers.getFlags().contains(Modifier.PUBLIC);
            if (!isHidden && isPublic && !overrides && !isCanonicalConstructor(method)) {
                requireJavadoc(method, "method " + method.getName());
            }
            if (file.isProduct()
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
            if (file.isProduct() && comment == null) {
                report(tree, what + " without Javadoc");
            }
        }

        private static boolean isAnnotated(ModifiersTree modifiers, String annotation) {
            return modifiers.getAnnotations().stream()
                    .anyMatch(found -> found.getAnnotationType().toString().equals(annotation));
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
            violations.add(
                    file.path() + ":" + lineOf(trees.getSourcePositions().getStartPosition(unit, tree)) + ": " + what);
        }

        private long lineOf(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
