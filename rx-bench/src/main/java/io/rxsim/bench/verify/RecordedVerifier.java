package io.rxsim.bench.verify;

import io.rxsim.bench.scenario.BadInputException;
import io.rxsim.core.run.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Verifies all recordings of a folder. */
public final class RecordedVerifier {
    private static final List<String> ENDINGS = List.of(".csv", ".csv.gz");

    private final Catalog<FileCheck.Factory> checks = FileChecks.catalog();
    private final RecordedKernel kernel;

    /** Holds recordings against a kernel's rules. */
    public RecordedVerifier(RecordedKernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Verifies every {@code .csv} and {@code .csv.gz} of a folder, in order of their names; others are not looked at.
     *
     * @throws BadInputException if the folder is missing or holds no known recording, or a known one is malformed
     */
    public VerifyReport verify(Path folder) {
        List<FileResult> results = new ArrayList<>();
        boolean known = false;
        for (Path file : recordings(folder)) {
            String name = name(file);
            if (checks.names().contains(name)) {
                known = true;
                results.add(verify(name, file));
            } else {
                results.add(FileResult.notCovered(name, file.getFileName().toString()));
            }
        }
        if (!known) {
            throw new BadInputException(folder + ": no known recording, known are " + String.join(", ", checks.names())
                    + ", each as .csv or .csv.gz");
        }
        return new VerifyReport(kernel, results);
    }

    private FileResult verify(String name, Path file) {
        FileCheck check = checks.get(name).create(kernel);
        FileTally tally = new FileTally();
        check.onFolder(file.toAbsolutePath().getParent());
        try (RecordedCsv csv = new RecordedCsv(file)) {
            RecordedRow row = new RecordedRow(file, csv.header(), check.columns());
            for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
                row.set(fields, csv.recordLine());
                check.onRow(row, tally);
            }
            check.finish(tally);
            return tally.result(name, file.getFileName().toString(), row.number());
        }
    }

    private static List<Path> recordings(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadInputException(folder + ": is not a folder");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !name(file).isEmpty()).sorted().toList();
        } catch (IOException e) {
            throw new BadInputException(folder + ": cannot be read: " + e.getMessage());
        }
    }

    /** The recording of a name in a folder, or null. */
    static Path sibling(Path folder, String name) {
        for (String ending : ENDINGS) {
            Path file = folder.resolve(name + ending);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    /** The file name without its ending; empty for a file that is no recording. */
    private static String name(Path file) {
        String fileName = file.getFileName().toString();
        for (String ending : ENDINGS) {
            if (fileName.endsWith(ending)) {
                return fileName.substring(0, fileName.length() - ending.length());
            }
        }
        return "";
    }
}
