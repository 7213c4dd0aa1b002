/**
 * Ordered parallel execution: jobs are worked on by many CPUs at once and serialised in the order in which they came.
 *
 * <pre>
 *                doParallel                            doSerial
 *   submitter ---------------> PadataWorkqueue ---> parallel(cpu) ------> ParallelData ---> PadataWorkqueue ---> serial(cpu)
 *                number         a CPU's worker       finished in          the serialiser     callback CPU's      in order
 *                               or a work item       any order            restores order     serial worker
 * </pre>
 *
 * <p>{@link io.rxsim.core.padata.Padata2634} and {@link io.rxsim.core.padata.Padata618} are the two kernels' interfaces,
 * {@code ParallelData} the core below both. None of it knows time or threads: a driver implements
 * {@link io.rxsim.core.padata.PadataWorkqueue} and runs each {@link io.rxsim.core.padata.PadataWork}.
 */
package io.rxsim.core.padata;
